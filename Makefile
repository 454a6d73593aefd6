# make demo and make test need Python 3.11+ and make, nothing else: each sets up .venv first.
PYTHON ?= python3
PY := .venv/bin/python
CORPORA ?= training/corpora
MINUTES ?= 82
GRAPH ?=
DATA ?= bench/data
RECORD ?= bench-record.db
GOLD ?=
TEACHER ?=
RAW ?=
WITHOUT ?=
# what a developer keeps in word lists of his own must change no figure
export SAYSO_LEXICON := $(CURDIR)/no-lists
export SAYSO_PLACES := $(CURDIR)/.venv/no-places

.PHONY: demo test test-services lint bench bench-desk bench-accuracy train distil heads weights accuracy golden floors places islands screenshots clean

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --editable '.[dev]'
	touch $@

.venv/training: .venv/ready
	$(PY) -m pip install --quiet --editable '.[dev,train]'
	touch $@

demo: .venv/ready ## one dispatch of the examples, taken apart; then a record of six, its incidents with their accounts, losses, talks, days
	.venv/bin/sayso read examples/01-border-clash.txt
	rm -f demo.db demo.db-wal demo.db-shm
	.venv/bin/sayso add examples/record/*.txt --record demo.db
	.venv/bin/sayso incidents --full --accounts 2 --record demo.db --format table
	.venv/bin/sayso casualties --record demo.db --format table
	.venv/bin/sayso talks --record demo.db --format table
	.venv/bin/sayso timeline --record demo.db --format table

test: .venv/ready ## all tests
	$(PY) -m pytest

.venv/browser: .venv/ready
	$(PY) -m pip install --quiet --editable '.[dev,browser]'
	touch $@

test-services: .venv/browser ## the tests that need a server or a browser: installs PostgreSQL and Chromium from Debian's packages and starts them
	$(PY) -m tests.services

lint: .venv/ready ## ruff, and mypy strict on the package
	.venv/bin/ruff check src tests training bench desk docs
	.venv/bin/mypy

bench: .venv/ready ## speed and memory; GRAPH=FILE compares with another graph of the same encoder
	$(PY) -m bench.speed $(if $(GRAPH),--graph $(GRAPH))

bench-desk: .venv/ready ## twenty readers and three reviewers at the desk of a record of 100,000 reports, made first where RECORD is not there
	test -f $(RECORD) || $(PY) -m bench.record --record $(RECORD)
	$(PY) -m bench.desk --record $(RECORD)

bench-accuracy: .venv/ready ## accuracy on public data in DATA, beside what others report; says what is missing and how to get it
	$(PY) -m bench.accuracy --data $(DATA)

training/prepared/prepared.pkl: | .venv/training
	$(PY) -m training.corpora --corpora $(CORPORA) --out training/prepared $(if $(WITHOUT),--without $(WITHOUT))

train: .venv/training training/prepared/prepared.pkl ## corpora → weights without teachers, about MINUTES minutes on two cores; goes on where it stopped
	$(PY) -m training.train --data training/prepared --minutes $(MINUTES)
	$(PY) -m training.export --data training/prepared

distil: .venv/training training/prepared/prepared.pkl ## corpora → teachers → weights as they ship, a quarter of an hour; needs a CUDA torch and TEACHER, the folder of all-mpnet-base-v2; RAW="FILE…" adds raw reports
	for seed in 1 2; do $(PY) -m training.train --data training/prepared --encoder $(TEACHER) --device cuda --batch 2048 --share 0.4 \
	  --rate $$((2 * seed + 2))e-5 --seed $$seed --minutes 2.4 --checkpoint teacher$$seed.pt || exit 1; done
	$(PY) -m training.distil --teachers training/prepared/teacher1.pt training/prepared/teacher2.pt --teacher-encoder $(TEACHER) --device cuda --raw $(RAW)
	$(PY) -m training.export --data training/prepared

heads: .venv/training ## annotated reports → the learned heads, three minutes; GOLD="FILE…" adds reports of your own to corpus/train.jsonl
	$(PY) -m training.heads $(GOLD) corpus/train.jsonl --folds

accuracy: .venv/training ## the reader against treebanks and PolNeAR dev (needs training/prepared from make train)
	$(PY) -m training.evaluate --data training/prepared

golden: .venv/ready ## refresh the expected output of the examples; read the diff
	$(PY) -m tests.golden

floors: .venv/ready ## pin what every measure on corpus/ must not fall below; lowers none (see tests/floors.py)
	$(PY) -m tests.floors

places: .venv/ready ## rebuild the gazetteer
	$(PY) -m pip install --quiet --editable '.[dev,places]'
	$(PY) -m training.places --out src/sayso/resolve/gazetteer.sqlite

screenshots: .venv/browser ## the pictures of the desk in docs/desk, taken by Chromium
	$(PY) docs/desk/take.py

islands: ## rebuild the scripts of the desk's pages from desk/; needs node
	cd desk && npm ci && npm run build

clean:
	rm -rf .venv dist build
