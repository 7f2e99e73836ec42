/// The search for cards: from what an operator typed to the card that answers, and why.
///
/// This module decides how a card is analysed and kept (`SearchIndex`), what a query means (`QueryReader`, with
/// `SynonymTable`, `Glossary` and the lexicon mined from the cards), in what order cards come (`Ranking`), which words
/// a reader sees marked (`Highlighter`) and how good all that is (`SearchEvaluation`).
///
/// It refuses to know how cards are edited, who may see which card and what was opened before: whoever asks says so with
/// filters and boosts. Nothing here is kept but the index, which is made from the cards alone.
/// Start reading at `SearchEngine`.

import TextAnalysis
