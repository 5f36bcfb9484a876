//! Work on several threads that does not depend on their number.

use crate::allocate::Go;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Does the work on each item, on so many threads at most, and gives the answers in the order of the items. The work
/// sees its item and whether it may go on, which `step` is asked on this thread as each item begins.
///
/// # Errors
/// The first one in the order of the threads.
pub(super) fn together<T: Sync, R: Send, E: Send>(
    items: &[T],
    threads: u8,
    step: &mut dyn FnMut() -> Go,
    work: &(dyn Fn(&T, Go) -> Result<R, E> + Sync),
) -> Result<Vec<R>, E> {
    let next = AtomicUsize::new(0);
    let run = |ask: &mpsc::Sender<mpsc::Sender<Go>>| -> Result<Vec<(usize, R)>, E> {
        let mut done = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            let (answer, go) = mpsc::channel();
            // Nobody answers only when the asking thread has broken off.
            let go = if ask.send(answer).is_ok() { go.recv().unwrap_or(Go::Stop) } else { Go::Stop };
            done.push((at, work(item, go)?));
        }
        Ok(done)
    };
    let ended: Vec<Result<Vec<(usize, R)>, E>> = std::thread::scope(|scope| {
        let (ask, asked) = mpsc::channel::<mpsc::Sender<Go>>();
        let workers: Vec<_> = (0..usize::from(threads.max(1)).min(items.len()))
            .map(|_| {
                let (ask, run) = (ask.clone(), &run);
                scope.spawn(move || run(&ask))
            })
            .collect();
        drop(ask);
        for answer in asked {
            let go = step();
            // A thread that does not wait any more has panicked, which its end tells.
            let _gone = answer.send(go);
        }
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    let mut done = Vec::with_capacity(items.len());
    for part in ended {
        done.extend(part?);
    }
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, answer)| answer).collect())
}

#[cfg(test)]
mod tests {
    use super::together;
    use crate::allocate::Go;

    fn squares(threads: u8, until: usize) -> Result<Vec<(u64, bool)>, u64> {
        let items: Vec<u64> = (0..40).collect();
        let mut begun = 0;
        let mut step = || {
            begun += 1;
            if begun > until { Go::Stop } else { Go::On }
        };
        together(&items, threads, &mut step, &|item, go| match (*item, threads) {
            (39, 9) => Err(39),
            (item, _) => Ok((item * item, go == Go::On)),
        })
    }

    #[test]
    fn answers_stand_in_the_order_of_the_items_whoever_gave_them() {
        for threads in [0, 1, 2, 7] {
            let squares = squares(threads, usize::MAX).unwrap();
            assert_eq!(squares, (0..40).map(|item| (item * item, true)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn who_is_stopped_is_asked_once_for_each_item() {
        for threads in [1, 3] {
            let went_on = squares(threads, 10).unwrap().iter().filter(|(_, on)| *on).count();
            assert_eq!(went_on, 10);
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        assert_eq!(squares(9, usize::MAX), Err(39));
    }
}
