"""The desk: a record in a browser, for reading, comparing, correcting, and taking away.

In: a record, and requests on 127.0.0.1. Out: pages that work without scripts, small scripts (`desk/` in the repository, built into `static/islands`) that make
some of them livelier, and the same operations for programs under `/api/v1`. Nothing is loaded from anywhere else, and what is shown of reports is escaped.

| module | gives |
|---|---|
| `settings` | what a desk is started with |
| `application` | the web application, and how it is guarded |
| `access` | who asks, and what he may do |
| `page` | what every page is given |
| `asked` | the address of a page → a filter and which page of a list, and back |
| `rendering` | templates, the words of the interface (`strings/en.toml`) |
| `counting` | long counts, one at a time |
| `marking` | a text and what claims point at in it → stretches |
| `forms` | a claim → the fields of a form, and back |
| `reading` | the reader of texts that are sent |
| `adding` | reports that are sent → the record, job after job |
| `api` | the same for programs |
| `pages` | a module for each kind of page |
"""

from sayso.desk.application import application
from sayso.desk.settings import Settings

__all__ = ["Settings", "application"]
