//! The desk between window and worker: orders go in, pictures and results come out, and the window
//! never waits. What an order does to the registry stands in `worker` and `chores`.

pub use super::outcome::{BackupFile, Finished, Outcome, Pair, Room};
use super::reveal::{self, Lent};
use super::snapshot::{PersonView, Snapshot};
use super::worker::Worker;
use crate::failure::Result;
use crate::intake::Progress;
use crate::ledger::PersonId;
use crate::registry::Registry;
use chrono::NaiveDate;
use eframe::egui;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// How far a job is, and whether the clerk wants it stopped. Shared by window and worker.
#[derive(Debug, Default)]
pub struct Control {
    done: AtomicU64,
    total: AtomicU64,
    note: Mutex<String>,
    cancelled: AtomicBool,
}

impl Control {
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Done, total and the words of the step.
    pub fn now(&self) -> (u64, u64, String) {
        let note = self.note.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed), note)
    }

    pub(super) fn tell(&self, done: u64, total: u64, note: &str) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        note.clone_into(&mut self.note.lock().unwrap_or_else(PoisonError::into_inner));
        !self.cancelled()
    }
}

type Work = Box<dyn FnOnce(&mut Registry, NaiveDate, Progress<'_>) -> Result<Finished> + Send>;
type Glance = Box<dyn FnOnce(&Registry) -> Result<Outcome> + Send>;
type Errand = Box<dyn FnOnce() -> Result<Outcome> + Send>;
type Beside = Box<dyn FnOnce(Progress<'_>) -> Result<Outcome> + Send>;
type Founding = Box<dyn FnOnce(NaiveDate, Progress<'_>) -> Result<PathBuf> + Send>;

/// What the window asks for.
pub enum Order {
    Open(PathBuf),
    /// Makes a registry and opens it.
    Found {
        name: String,
        founding: Founding,
        control: Arc<Control>,
    },
    Work {
        name: String,
        work: Work,
        control: Arc<Control>,
    },
    /// Work that needs no registry.
    Beside {
        name: String,
        beside: Beside,
        control: Arc<Control>,
    },
    /// Looks something up; nobody waits for it and nothing changes.
    Glance(Glance),
    /// Something that the registry has no part in (tests only; else it has a thread of its own).
    Errand(Errand),
    /// Keep this person's handbook before the window.
    Watch(Option<PersonId>),
    /// Puts a backup in the place of the registry that is open, and opens it again.
    Restore {
        from: PathBuf,
    },
    Undo,
    Redo,
}

/// What comes back.
pub enum Reply {
    Snapshot(Arc<Snapshot>),
    Person(Option<Arc<PersonView>>),
    Done {
        outcome: Outcome,
    },
    Failed {
        /// The job's own name; empty for an errand.
        job: String,
        why: String,
    },
    /// An order is finished, whatever came of it.
    Free,
}

/// A job under way.
pub struct Running {
    pub name: String,
    pub control: Arc<Control>,
    pub since: std::time::Instant,
}

enum Line {
    Thread {
        orders: Sender<Order>,
        replies: Receiver<Reply>,
        /// For what is done beside the worker.
        outbox: Sender<Reply>,
        ctx: egui::Context,
    },
    /// For tests: the orders are done when the window asks for replies.
    Inline { worker: Box<Worker>, orders: VecDeque<Order>, replies: Receiver<Reply> },
}

/// The window's side.
pub struct Desk {
    line: Line,
    running: VecDeque<Running>,
    begun: Vec<String>,
    /// Copies that other programs were given.
    pub lent: Lent,
    pub snapshot: Option<Arc<Snapshot>>,
    pub person: Option<Arc<PersonView>>,
}

impl Desk {
    /// A desk whose worker has a thread of its own and wakes the window.
    pub fn threaded(ctx: &egui::Context, today: Option<NaiveDate>) -> Self {
        let (orders, inbox) = channel();
        let (outbox, replies) = channel();
        let (told, waking) = (outbox.clone(), ctx.clone());
        let work = move || {
            let wake = Box::new(move || waking.request_repaint());
            Worker::new(today, told, wake).serve(&inbox);
        };
        // Without a thread there is no program; the operating system is out of threads.
        let spawned = std::thread::Builder::new().name("desk".to_owned()).spawn(work);
        debug_assert!(spawned.is_ok());
        Self::with(Line::Thread { orders, replies, outbox, ctx: ctx.clone() })
    }

    /// A desk that works when polled.
    pub fn inline(today: NaiveDate) -> Self {
        let (outbox, replies) = channel();
        let worker = Box::new(Worker::new(Some(today), outbox, Box::new(|| {})));
        Self::with(Line::Inline { worker, orders: VecDeque::new(), replies })
    }

    fn with(line: Line) -> Self {
        Self {
            line,
            running: VecDeque::new(),
            begun: Vec::new(),
            lent: Lent::default(),
            snapshot: None,
            person: None,
        }
    }

    fn send(&mut self, order: Order) {
        match &mut self.line {
            Line::Thread { orders, .. } => {
                // A closed channel means that the program is ending.
                let _ = orders.send(order);
            }
            Line::Inline { orders, .. } => orders.push_back(order),
        }
    }

    /// The names of the jobs that have been begun since this was asked last.
    pub fn begun(&mut self) -> Vec<String> {
        std::mem::take(&mut self.begun)
    }

    fn start(&mut self, name: &str) -> Arc<Control> {
        self.begun.push(name.to_owned());
        let control = Arc::new(Control::default());
        self.running.push_back(Running {
            name: name.to_owned(),
            control: Arc::clone(&control),
            since: std::time::Instant::now(),
        });
        control
    }

    pub fn open(&mut self, dir: PathBuf) {
        self.start("打开登记库");
        self.send(Order::Open(dir));
    }

    pub fn found(
        &mut self,
        name: &str,
        founding: impl FnOnce(NaiveDate, Progress<'_>) -> Result<PathBuf> + Send + 'static,
    ) {
        let control = self.start(name);
        self.send(Order::Found { name: name.to_owned(), founding: Box::new(founding), control });
    }

    /// Has work done on the registry; the result comes with a later poll.
    pub fn work(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Registry, NaiveDate, Progress<'_>) -> Result<Finished> + Send + 'static,
    ) {
        let control = self.start(name);
        self.send(Order::Work { name: name.to_owned(), work: Box::new(work), control });
    }

    /// Has work done that needs no registry to be open; the result comes with a later poll.
    pub fn beside(
        &mut self,
        name: &str,
        beside: impl FnOnce(Progress<'_>) -> Result<Outcome> + Send + 'static,
    ) {
        let control = self.start(name);
        self.send(Order::Beside { name: name.to_owned(), beside: Box::new(beside), control });
    }

    pub fn watch(&mut self, person: Option<PersonId>) {
        if person.is_none() || self.person.as_ref().map(|p| p.handbook.person.id) != person {
            self.person = None;
        }
        self.send(Order::Watch(person));
    }

    /// Looks something up in the registry, besides whatever else is being done.
    pub fn glance(&mut self, glance: impl FnOnce(&Registry) -> Result<Outcome> + Send + 'static) {
        self.send(Order::Glance(Box::new(glance)));
    }

    /// Restores the open registry from a backup.
    pub fn restore(&mut self, from: PathBuf) {
        self.start("恢复登记库");
        self.send(Order::Restore { from });
    }

    /// Has something done that the registry has no part in (a file handed to another program, a picture
    /// from the clipboard), however long it takes; nobody waits for it.
    pub fn errand(&mut self, errand: impl FnOnce() -> Result<Outcome> + Send + 'static) {
        match &mut self.line {
            Line::Inline { orders, .. } => orders.push_back(Order::Errand(Box::new(errand))),
            Line::Thread { outbox, ctx, .. } => {
                let (out, ctx) = (outbox.clone(), ctx.clone());
                let run = move || {
                    // A closed channel means that the window is gone.
                    let _ = out.send(match errand() {
                        Ok(outcome) => Reply::Done { outcome },
                        Err(failure) => {
                            Reply::Failed { job: String::new(), why: failure.to_string() }
                        }
                    });
                    ctx.request_repaint();
                };
                let spawned = std::thread::Builder::new().name("errand".to_owned()).spawn(run);
                debug_assert!(spawned.is_ok());
            }
        }
    }

    /// Opens a file that was just written with the PC's own program.
    pub fn open_written(&mut self, file: PathBuf) {
        self.errand(move || reveal::written(&file).map(|()| Outcome::Quiet));
    }

    /// Opens a copy of a scan or document with the PC's own program.
    pub fn open_file(&mut self, path: PathBuf, name: String) {
        let lent = self.lent.clone();
        self.errand(move || {
            reveal::file(&path, &name, &lent)?;
            Ok(Outcome::Said {
                text: format!("已用电脑的程序打开 {name}"), undoable: false
            })
        });
    }

    pub fn undo(&mut self) {
        self.start("撤销");
        self.send(Order::Undo);
    }

    pub fn redo(&mut self) {
        self.start("重做");
        self.send(Order::Redo);
    }

    /// The job that is being done, if it has taken long enough to be worth showing.
    pub fn running(&self) -> Option<&Running> {
        self.running.front()
    }

    /// Whether anything is still being done.
    pub fn waiting(&self) -> bool {
        !self.running.is_empty()
    }

    /// Orders that the next poll does by itself (tests only): another frame is needed.
    pub fn queued(&self) -> bool {
        matches!(&self.line, Line::Inline { orders, .. } if !orders.is_empty())
    }

    /// Takes what has come back; pictures are kept here, the rest is for the app.
    pub fn poll(&mut self) -> Vec<Reply> {
        if let Line::Inline { worker, orders, .. } = &mut self.line {
            while let Some(order) = orders.pop_front() {
                worker.handle(order);
            }
            while worker.count_some() {}
        }
        let replies = match &self.line {
            Line::Thread { replies, .. } | Line::Inline { replies, .. } => replies,
        };
        let mut rest = Vec::new();
        for reply in replies.try_iter() {
            match reply {
                Reply::Snapshot(snapshot) => self.snapshot = Some(snapshot),
                Reply::Person(person) => self.person = person,
                Reply::Free => {
                    self.running.pop_front();
                }
                other => rest.push(other),
            }
        }
        rest
    }
}
