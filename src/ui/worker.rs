//! The worker that owns the registry: every query, every write and every count happens here, off the
//! window's thread. It answers with pictures of the registry and never draws.

use super::desk::{Control, Finished, Order, Outcome, Reply};
use super::index::Index;
use super::journal;
use super::rules_view::RulesView;
use super::snapshot::{CampaignView, PersonLine, PersonView, Plan, Snapshot, marks};
use crate::failure::{Failure, Kind, Result};
use crate::ledger::{Handbook, PersonId, years};
use crate::registry::{PersonRow, Registry, campaign, is_whole, restore, restore_whole};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

/// People counted between two looks at the orders: short enough that nobody waits.
const COUNT_STEP: usize = 64;
/// After how many counted people a new picture is sent.
const COUNT_SHOW: usize = 2048;

/// Owns the registry and the counts made from it.
pub struct Worker {
    registry: Option<Registry>,
    today: Option<NaiveDate>,
    replies: Sender<Reply>,
    wake: Box<dyn Fn() + Send>,
    watched: Option<PersonId>,
    people: Arc<Vec<Arc<PersonLine>>>,
    to_count: VecDeque<PersonId>,
    place: HashMap<PersonId, usize>,
    unshown: usize,
    shown: Option<Arc<Snapshot>>,
    /// Of the last picture.
    serial: u64,
}

impl Worker {
    pub fn new(
        today: Option<NaiveDate>,
        replies: Sender<Reply>,
        wake: Box<dyn Fn() + Send>,
    ) -> Self {
        Self {
            registry: None,
            today,
            replies,
            wake,
            watched: None,
            people: Arc::default(),
            to_count: VecDeque::new(),
            place: HashMap::new(),
            unshown: 0,
            shown: None,
            serial: 0,
        }
    }

    /// Serves until the window is gone; counts people while there are no orders.
    pub fn serve(&mut self, orders: &Receiver<Order>) {
        loop {
            let order = if self.to_count.is_empty() {
                orders.recv().map_err(|_| TryRecvError::Disconnected)
            } else {
                orders.try_recv()
            };
            match order {
                Ok(order) => self.handle(order),
                Err(TryRecvError::Empty) => {
                    self.count_some();
                }
                Err(TryRecvError::Disconnected) => return,
            }
        }
    }

    fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| chrono::Local::now().date_naive())
    }

    fn reply(&self, reply: Reply) {
        // A closed channel means that the window is gone.
        let _ = self.replies.send(reply);
        (self.wake)();
    }

    /// Does one order. A defect in lower floors ends the order, not the program.
    pub fn handle(&mut self, order: Order) {
        let name = match &order {
            Order::Open(_) => "打开登记库".to_owned(),
            Order::Found { name, .. } | Order::Work { name, .. } | Order::Beside { name, .. } => {
                name.clone()
            }
            Order::Restore { .. } => "恢复登记库".to_owned(),
            Order::Undo => "撤销".to_owned(),
            Order::Redo => "重做".to_owned(),
            Order::Watch(_) | Order::Glance(_) => "读取".to_owned(),
            Order::Errand(_) => "这一步".to_owned(),
        };
        let counts = !matches!(order, Order::Watch(_) | Order::Glance(_) | Order::Errand(_));
        let result = catch_unwind(AssertUnwindSafe(|| self.obey(order))).unwrap_or_else(|_| {
            Err(Failure::cannot(
                name.clone(),
                "",
                "程序内部出错，这一步没有写入",
                "请重新打开程序再试；已登记的内容不受影响",
            ))
        });
        match result {
            Ok(Some(outcome)) => self.reply(Reply::Done { outcome }),
            Ok(None) => {}
            Err(failure) => {
                journal::failed(&name, &failure);
                self.reply(Reply::Failed { job: name, why: failure.to_string() });
            }
        }
        if counts {
            self.reply(Reply::Free);
        }
    }

    fn obey(&mut self, order: Order) -> Result<Option<Outcome>> {
        match order {
            Order::Open(dir) => self.open(&dir).map(|()| None),
            Order::Found { founding, control, .. } => {
                let dir = founding(self.today(), &progress(&control))?;
                self.open(&dir).map(|()| None)
            }
            Order::Work { work, control, .. } => {
                let today = self.today();
                let registry = self.registry.as_mut().ok_or_else(no_registry)?;
                let before = registry.revision();
                let finished = work(registry, today, &progress(&control));
                let changed = registry.revision() != before;
                match finished {
                    Ok(Finished { outcome, touched }) => {
                        if changed {
                            self.refresh(touched.as_deref())?;
                        }
                        Ok(Some(outcome))
                    }
                    Err(failure) => {
                        if changed {
                            self.refresh(None)?;
                        }
                        Err(failure)
                    }
                }
            }
            Order::Beside { beside, control, .. } => beside(&progress(&control)).map(Some),
            Order::Glance(glance) => {
                let registry = self.registry.as_ref().ok_or_else(no_registry)?;
                glance(registry).map(Some)
            }
            Order::Errand(errand) => errand().map(Some),
            Order::Watch(person) => {
                self.watched = person;
                self.show_person()?;
                Ok(None)
            }
            Order::Restore { from } => {
                let registry = self.registry.take().ok_or_else(no_registry)?;
                let dir = registry.dir().to_path_buf();
                // The lock goes with it: restoring takes it.
                drop(registry);
                let restored = match is_whole(&from) {
                    true => restore_whole(&from, &dir),
                    false => restore(&from, &dir),
                };
                self.open(&dir)?;
                restored?;
                let text = "登记库已从备份恢复，原来的数据在 backups 文件夹里".to_owned();
                Ok(Some(Outcome::Said { text, undoable: false }))
            }
            Order::Undo | Order::Redo => {
                let undo = matches!(order, Order::Undo);
                let registry = self.registry.as_mut().ok_or_else(no_registry)?;
                let done = if undo { registry.undo()? } else { registry.redo()? };
                let Some(done) = done else { return Ok(None) };
                self.refresh(Some(&done.people))?;
                let verb = if undo { "已撤销" } else { "已重做" };
                Ok(Some(Outcome::Said {
                    text: format!("{verb}：{}", done.value), undoable: false
                }))
            }
        }
    }

    fn open(&mut self, dir: &Path) -> Result<()> {
        // The lock of the registry that is open goes first: it may be the same folder.
        let reopened = self.registry.take().map(|registry| registry.dir().to_path_buf());
        match Registry::open(dir) {
            Ok(registry) => {
                self.registry = Some(registry);
                self.watched = None;
                self.shown = None;
                self.reply(Reply::Person(None));
                self.refresh(None)
            }
            Err(failure) => {
                if let Some(last) = reopened {
                    self.registry = Registry::open(&last).ok();
                }
                Err(failure)
            }
        }
    }

    /// Reads again what changed and sends a new picture.
    fn refresh(&mut self, touched: Option<&[PersonId]>) -> Result<()> {
        match touched {
            Some(people) if people.len() < 512 && self.shown.is_some() => {
                for &person in people {
                    self.reread(person)?;
                }
                if !people.is_empty() {
                    self.reorder();
                }
            }
            _ => self.reread_all(touched)?,
        }
        self.show()?;
        self.show_person()
    }

    /// Everybody again; whose handbook is known not to have changed keeps the counted years.
    fn reread_all(&mut self, touched: Option<&[PersonId]>) -> Result<()> {
        let registry = self.registry.as_ref().ok_or_else(no_registry)?;
        let rows = registry.people()?;
        let touched: Option<HashSet<PersonId>> =
            touched.map(|people| people.iter().copied().collect());
        let stays = |row: &PersonRow| {
            let before = &self.people[*self.place.get(&row.id)?];
            let same = before.row == *row && !touched.as_ref()?.contains(&row.id);
            same.then(|| Arc::clone(before))
        };
        let mut people: Vec<Arc<PersonLine>> = rows
            .into_iter()
            .map(|row| stays(&row).unwrap_or_else(|| Arc::new(PersonLine::new(row))))
            .collect();
        in_order(&mut people);
        let uncounted = people.iter().filter(|line| line.years.is_none());
        self.to_count = uncounted.map(|line| line.row.id).collect();
        self.people = Arc::new(people);
        self.index();
        Ok(())
    }

    /// One person again: changed, new, or gone.
    fn reread(&mut self, person: PersonId) -> Result<()> {
        let registry = self.registry.as_ref().ok_or_else(no_registry)?;
        let handbook = match registry.handbook(person) {
            Ok(handbook) => handbook,
            Err(failure) if failure.kind == Kind::Refused => {
                let people = Arc::make_mut(&mut self.people);
                people.retain(|line| line.row.id != person);
                self.index();
                return Ok(());
            }
            Err(failure) => return Err(failure),
        };
        let mut line = PersonLine::new(row_of(&handbook));
        line.years = Some(marks(&registry.notice(), &years(&registry.notice(), &handbook)));
        let people = Arc::make_mut(&mut self.people);
        match self.place.get(&person) {
            Some(&place) => people[place] = Arc::new(line),
            None => {
                self.place.insert(person, people.len());
                people.push(Arc::new(line));
            }
        }
        Ok(())
    }

    fn reorder(&mut self) {
        let people: &mut Vec<Arc<PersonLine>> = Arc::make_mut(&mut self.people);
        in_order(people);
        self.index();
    }

    fn index(&mut self) {
        self.place =
            self.people.iter().enumerate().map(|(place, line)| (line.row.id, place)).collect();
    }

    /// Counts the years of a few people; false when nobody is left to count.
    pub fn count_some(&mut self) -> bool {
        let Some(registry) = &self.registry else {
            self.to_count.clear();
            return false;
        };
        if self.to_count.is_empty() {
            return false;
        }
        let notice = registry.notice();
        let mut counted = Vec::with_capacity(COUNT_STEP);
        for _ in 0..COUNT_STEP {
            let Some(person) = self.to_count.pop_front() else { break };
            let Some(&place) = self.place.get(&person) else { continue };
            // A person who cannot be read shows no marks; `doctor` names the damage.
            let Ok(handbook) = registry.handbook(person) else { continue };
            counted.push((place, marks(&notice, &years(&notice, &handbook))));
        }
        self.unshown += counted.len();
        let people = Arc::make_mut(&mut self.people);
        for (place, years) in counted {
            Arc::make_mut(&mut people[place]).years = Some(years);
        }
        if self.to_count.is_empty() || self.unshown >= COUNT_SHOW {
            self.show_people();
        }
        !self.to_count.is_empty()
    }

    fn show_people(&mut self) {
        self.unshown = 0;
        if let Some(shown) = &self.shown {
            let mut snapshot = Snapshot::clone(shown);
            snapshot.people = Arc::clone(&self.people);
            snapshot.index = Arc::new(Index::of(&self.people, snapshot.notice.campaign_year));
            snapshot.counted = self.people.len() - self.to_count.len().min(self.people.len());
            self.send_picture(snapshot);
        }
    }

    fn send_picture(&mut self, mut snapshot: Snapshot) {
        self.serial += 1;
        snapshot.serial = self.serial;
        let snapshot = Arc::new(snapshot);
        self.shown = Some(Arc::clone(&snapshot));
        self.reply(Reply::Snapshot(snapshot));
    }

    fn show(&mut self) -> Result<()> {
        let today = self.today();
        let registry = self.registry.as_ref().ok_or_else(no_registry)?;
        let notice = registry.notice();
        let calendar = registry.calendar();
        let report = campaign::check(registry, notice.campaign_year, None, today);
        let view = CampaignView::of(&notice, report);

        let applies: HashMap<PersonId, String> = view
            .applicants()
            .iter()
            .map(|r| (r.person.id, format!("{} · {}", r.applicant.level, r.applicant.speciality)))
            .collect();
        let people = Arc::make_mut(&mut self.people);
        for line in people.iter_mut() {
            let now = applies.get(&line.row.id);
            if line.applies.as_ref() != now {
                Arc::make_mut(line).applies = now.cloned();
            }
        }
        let unit = registry.unit()?;
        let snapshot = Snapshot {
            serial: 0,
            revision: registry.revision(),
            dir: registry.dir().to_path_buf(),
            today,
            plan: Plan::make(&notice, &calendar, &unit, today)
                .map_err(|failure| failure.to_string()),
            received: Arc::new(registry.received()?),
            awaited: Arc::new(registry.awaited_units()?),
            has_department: campaign::has_department(&unit, &notice),
            unit: Arc::new(unit),
            owing: Arc::new(registry.owed_before(notice.campaign_year)?),
            publicity: Arc::new(registry.publicity(notice.campaign_year)?),
            packages: Arc::new(registry.packages()?),
            events: Arc::new(registry.events()?),
            platforms: Arc::new(registry.platforms()?),
            rules: {
                let before = self.shown.as_ref().map(|shown| Arc::clone(&shown.rules));
                Arc::new(RulesView::of(registry, &before.unwrap_or_default())?)
            },
            undo: registry.can_undo(),
            redo: registry.can_redo(),
            calendar: Arc::new(calendar),
            campaign: Arc::new(view),
            records: self.people.iter().map(|line| u64::from(line.row.records)).sum(),
            people: Arc::clone(&self.people),
            index: Arc::new(Index::of(&self.people, notice.campaign_year)),
            counted: self.people.len() - self.to_count.len().min(self.people.len()),
            notice,
        };
        self.send_picture(snapshot);
        Ok(())
    }

    fn show_person(&mut self) -> Result<()> {
        let (Some(person), Some(registry)) = (self.watched, &self.registry) else {
            return Ok(());
        };
        let Ok(handbook) = registry.handbook(person) else {
            self.watched = None;
            self.reply(Reply::Person(None));
            return Ok(());
        };
        let notice = registry.notice();
        let result = self.shown.as_ref().and_then(|s| s.campaign.result_of(person)).cloned();
        let owed = registry.obligations(&handbook);
        let view = PersonView::of(&notice, handbook, registry.history(person)?, owed, result);
        self.reply(Reply::Person(Some(Arc::new(view))));
        Ok(())
    }
}

/// By the sound of the name, then as they were entered.
fn in_order(people: &mut [Arc<PersonLine>]) {
    people.sort_by(|a, b| {
        (&a.sounds, &a.row.name, a.row.id).cmp(&(&b.sounds, &b.row.name, b.row.id))
    });
}

fn row_of(handbook: &Handbook) -> PersonRow {
    PersonRow::of(&handbook.person, handbook.records.len() as u32)
}

fn progress(control: &Arc<Control>) -> impl Fn(u64, u64, &str) -> bool {
    let control = Arc::clone(control);
    move |done, total, note| control.tell(done, total, note)
}

fn no_registry() -> Failure {
    Failure::refused("这一步", "", "还没有打开登记库", "请先新建或打开登记库")
}
