//! The exact solver HiGHS behind the allocation room's solver trait.
