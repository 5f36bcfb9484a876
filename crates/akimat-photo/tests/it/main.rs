//! Photographs, good and hostile.

mod good;
mod hostile;
mod make;
mod property;
