"""Russian: the networks of natasha (slovnet, trained on news by its authors), word lists of our own, and rules over Universal Dependencies.

| module | gives |
|---|---|
| `parsing` | text → sentences of words with lemmas, parts of speech, trees, names |
| `words` | the word lists in `data/`, checked, by their dictionary forms |
| `names` | Cyrillic → the Latin letters in which our lists and gazetteer have names |
| `parties` | who somebody is |
| `sayings` | on whose say-so |
| `settings` | when and where |
| `acts`, `losses` | what happened, and to how many |
| `reading` | all of these → claims |
"""

from sayso.languages.russian.reading import Russian

__all__ = ["Russian"]
