"""The record: claims of many reports as incidents, with each holder's account beside the others'.

| module | gives |
|---|---|
| `told` | a claim with what its report adds, in a form that can be compared |
| `grouping` | which claims are about one incident, why, and why others are not |
| `relations` | how two claims about one incident relate, and what two holders dispute |
"""
