; The installer: for one user, without administrator rights. What a user makes with the program (登记库,
; backups, packages) is never touched, neither by an upgrade nor by uninstalling.
;
; Given by build.sh: VERSION, FILES (folder), ICON, OUT. May be given: TARGET (x86-unicode).
; Silent: /S [/D=folder]. Exit status: 0 done, 1 cancelled, 2 failed or not for this Windows, 5 the program is open.

; The first line that does something. Debian's makensis brings 64-bit installers; the one from nsis.sourceforge.io
; only 32-bit ones, which Windows runs as well.
!ifndef TARGET
    !define TARGET amd64-unicode
!endif
Target ${TARGET}

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh

Name "学时"
OutFile "${OUT}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
; The whole program is seen at once.
SetCompressorDictSize 64
ManifestDPIAware true
ManifestSupportedOS Win10
InstallDir "$LOCALAPPDATA\Programs\学时"
InstallDirRegKey HKCU "Software\Xueshi" "InstallDir"
BrandingText "学时 ${VERSION}"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Xueshi"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\xueshi.exe"
; The index in a package (目录.xueshi); packages in one zip file are offered it beside other programs.
!define CLASSES "Software\Classes"
!define PACKAGE "Xueshi.Package"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "学时"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "学时安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装学时 ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "专业技术人员继续教育登记手册：登记、折算、体检、公示、报送。$\r$\n$\r$\n只装给当前用户，不需要管理员权限，不联网。$\r$\n$\r$\n升级时直接安装即可，登记库不受影响。"
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\xueshi.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开学时"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载学时。登记库、备份和报送包都留在原处，不会删除。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that is open cannot be replaced or removed: Windows refuses to open its file for writing.
!macro StopWhileOpen
    again:
    ${If} ${FileExists} "$INSTDIR\xueshi.exe"
        ClearErrors
        FileOpen $0 "$INSTDIR\xueshi.exe" a
        ${If} ${Errors}
            MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "学时正开着，或正在办理命令。$\r$\n请先关闭它，再点“重试”。" /SD IDCANCEL IDRETRY again
            SetErrorLevel 5
            Quit
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

Function .onInit
    ${IfNot} ${AtLeastWin10}
    ${OrIfNot} ${RunningX64}
        MessageBox MB_OK|MB_ICONSTOP "学时需要 64 位的 Windows 10 或 Windows 11。" /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}
FunctionEnd

Section "学时（必需）" Program
    SectionIn RO
    !insertmacro StopWhileOpen
    SetOutPath "$INSTDIR"
    SetOverwrite on
    File "${FILES}\xueshi.exe"
    File "${FILES}\LICENSE.txt"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\学时.lnk" "$INSTDIR\xueshi.exe"

    WriteRegStr HKCU "Software\Xueshi" "InstallDir" "$INSTDIR"
    WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\xueshi.exe"
    WriteRegStr HKCU "${CLASSES}\${PACKAGE}" "" "学时报送包"
    WriteRegStr HKCU "${CLASSES}\${PACKAGE}\DefaultIcon" "" "$INSTDIR\xueshi.exe,0"
    WriteRegStr HKCU "${CLASSES}\${PACKAGE}\shell\open" "" "用学时核对"
    WriteRegStr HKCU "${CLASSES}\${PACKAGE}\shell\open\command" "" '"$INSTDIR\xueshi.exe" --package "%1"'
    WriteRegStr HKCU "${CLASSES}\.xueshi" "" "${PACKAGE}"
    WriteRegStr HKCU "${CLASSES}\.zip\OpenWithProgids" "${PACKAGE}" ""
    ${RefreshShellIcons}

    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "学时"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\xueshi.exe"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "学时"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    SectionGetSize ${Program} $0
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "桌面快捷方式"
    CreateShortcut "$DESKTOP\学时.lnk" "$INSTDIR\xueshi.exe"
SectionEnd

Section "Uninstall"
    !insertmacro StopWhileOpen
    Delete "$SMPROGRAMS\学时.lnk"
    Delete "$DESKTOP\学时.lnk"
    Delete "$INSTDIR\xueshi.exe"
    Delete "$INSTDIR\LICENSE.txt"
    Delete "$INSTDIR\uninstall.exe"
    ; Only if nothing else lies in them: a folder of the user's stays, wherever it is.
    RMDir "$INSTDIR"
    Delete "$LOCALAPPDATA\xueshi\app.ron"
    Delete "$LOCALAPPDATA\xueshi\renderer-worked"
    Delete "$LOCALAPPDATA\xueshi\renderer-trying"
    Delete "$LOCALAPPDATA\xueshi\handed-over"
    Delete "$LOCALAPPDATA\xueshi\xueshi.log"
    Delete "$LOCALAPPDATA\xueshi\xueshi-before.log"
    RMDir "$LOCALAPPDATA\xueshi"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegKey HKCU "${APP_PATH}"
    DeleteRegKey HKCU "Software\Xueshi"
    DeleteRegKey HKCU "${CLASSES}\${PACKAGE}"
    DeleteRegKey HKCU "${CLASSES}\.xueshi"
    DeleteRegValue HKCU "${CLASSES}\.zip\OpenWithProgids" "${PACKAGE}"
    ${RefreshShellIcons}
SectionEnd
