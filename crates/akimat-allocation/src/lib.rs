//! Choosing a portfolio of projects within an envelope, with the reason of every choice.
