//! Catalogue of sentences, numbers, dates and sorting in Kazakh, Russian and English.
