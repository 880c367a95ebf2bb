# Everything is installed into .venv from lock files with hashes; nothing outside this folder is touched,
# but for Chromium, which `make test` installs where there is none.

DATA ?= sla_data
SITE ?= site
FUZZ ?= 100000
SAMPLE ?= 2000
# Three processes for two cores: one waits for a browser or a disk most of the time. tests/conftest.py shares the files out.
PYTEST ?= -n 3 --no-loadscope-reorder

# The first Python that is new enough and can make a virtual environment. Debian's own cannot without python3-venv.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check
# Locked is: every file's hash is known, and no package runs code of its own while it is installed.
# With WHEELS, the folder that `make wheelhouse` filled, nothing is asked of any index.
LOCKED := $(PIP) $(if $(WHEELS),--no-index --find-links $(abspath $(WHEELS))) --require-hashes --only-binary :all: -r
RUNTIME := $(VENV)/.installed
TESTING := $(VENV)/.installed-test
AUDITING := $(VENV)-audit/.installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-test site serve check test nightly lint types chromium fuzz coverage mutants bench leave audit sbom wheelhouse format lock clean

help:  ## แสดงคำสั่งทั้งหมด · Show these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(RUNTIME)  ## ติดตั้งลงใน .venv · Install into .venv

install-test: $(TESTING)

site: $(RUNTIME)  ## สร้างเว็บไซต์จาก sla_data ลงใน site · Build the site from sla_data into site
	$(BIN)/python -m generator build --data $(DATA) --site $(SITE) $(if $(PREVIOUS),--previous $(PREVIOUS))

serve: $(RUNTIME)  ## ดูเว็บไซต์ขณะแก้ข้อมูล · Preview the site while the data is edited
	$(BIN)/python -m generator serve --data $(DATA)

check: $(RUNTIME)  ## ตรวจข้อมูลใน sla_data · Check the data in sla_data
	$(BIN)/python -m generator check $(DATA)

test: $(TESTING) chromium lint types  ## ตรวจโค้ดและทดสอบทั้งหมด · Check the code and run every test
	$(BIN)/python -m pytest $(PYTEST)

nightly: $(TESTING) chromium  ## ทดสอบอย่างยาว ใช้เวลาเป็นชั่วโมง · Run every test in its long form; takes an hour or more
	$(BIN)/python -m pytest $(PYTEST) --long --mutants $(FUZZ)

lint: $(TESTING)  ## ตรวจรูปแบบโค้ด · Check the style of the code
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check

types: $(TESTING)  ## ตรวจชนิดข้อมูลในโค้ด · Check the types of the code
	$(BIN)/mypy --no-error-summary

format: $(TESTING)  ## จัดรูปแบบโค้ด · Format the code
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format --quiet

fuzz: $(TESTING)  ## ทดสอบด้วยข้อมูลที่ผิดจำนวนมาก · Test with very many small mistakes
	$(BIN)/python -m pytest $(PYTEST) tests/test_fuzz.py tests/test_mutations.py --mutants $(FUZZ)

coverage: $(TESTING)  ## หาบรรทัดของการอ่านและการคำนวณที่ไม่มีการทดสอบใดผ่าน · Find lines of intake and stats that no test runs
	@mkdir -p .cache
	PYTHONPATH=.:tests $(BIN)/python -m coverage run -m pytest -p in_process -p contexts -m 'not browser and not long'
	$(BIN)/python -m coverage report

mutants: coverage  ## หาความผิดเล็ก ๆ ในโค้ดที่ไม่มีการทดสอบใดพบ · Find small mistakes in intake and stats that no test notices
	PYTHONPATH=.:tests $(BIN)/python tests/mutants.py --sample $(SAMPLE)

bench: $(TESTING)  ## วัดเวลาด้วยข้อมูลขนาดทั้งประเทศ · Measure with data of national size
	$(BIN)/python tests/bench.py

leave: $(RUNTIME)  ## สร้างโดยไม่ใช้ mkdocs และ Material แล้วเทียบผล · Build without mkdocs and without Material, and compare
	./.ci/leave

audit: $(AUDITING)  ## หาช่องโหว่ที่รู้กันแล้วในไลบรารี · Look for known holes in the libraries
	$(VENV)-audit/bin/pip-audit --require-hashes --disable-pip $(foreach set,$(sort $(wildcard requirements*.txt)),-r $(set))

sbom: $(AUDITING)  ## เขียนรายการส่วนประกอบ · List what is inside (CycloneDX)
	@mkdir -p build
	$(VENV)-audit/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml -o build/sbom.json requirements.txt

wheelhouse: $(VENV)/.created  ## เก็บไลบรารีไว้ติดตั้งโดยไม่ต่อเครือข่าย · Put the libraries aside, to install without a network
	$(BIN)/python -m pip download --disable-pip-version-check --require-hashes --only-binary :all: \
		--dest $(or $(WHEELS),wheels) -r requirements.txt

# Run it with the oldest Python 3.11 at hand: a release that needs a newer one is then not chosen.
lock: $(RUNTIME)  ## ปรับรุ่นของไลบรารีที่ล็อกไว้ · Lock the dependencies again
	$(PIP) 'pip-tools>=7.4'
	@set -e; for set in requirements requirements-test requirements-audit requirements-leave; do \
		extra=$$([ $$set = requirements ] || echo "--extra $${set#requirements-}"); \
		$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --all-build-deps \
			--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
			$$extra --output-file $$set.new pyproject.toml; \
		{ echo "# Made by 'make lock' from pyproject.toml; never edit by hand."; cat $$set.new; } > $$set.txt; \
		rm $$set.new; \
	done

clean:  ## ลบทุกอย่างที่สร้างขึ้น · Remove everything that was made here
	rm -rf $(VENV) $(VENV)-leave $(VENV)-audit $(SITE) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Chromium runs the browser tests. Where it cannot be installed they are skipped and say so, but never in CI.
chromium:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		if command -v "$$name" >/dev/null; then exit 0; fi; done; \
	echo 'Installing Chromium for the browser tests.'; \
	if ./.ci/apt-install chromium; then exit 0; fi; \
	echo 'Chromium could not be installed here. Install "chromium" or "google-chrome" by hand, so that it is on PATH.' >&2; \
	test -z "$$CI"

$(VENV)/.created:
	@set -e; python="$(PYTHON)"; \
	if [ -z "$$python" ]; then ./.ci/apt-install python3-venv || true; python=python3; fi; \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo 'Python 3.11 or later with venv is needed (on Debian: python3-venv). Or say where: make PYTHON=...' >&2; exit 1; }; \
	"$$python" -m venv $(VENV)
	@touch $@

# The package itself is linked, not copied, and builds with the locked setuptools, so nothing is fetched for it.
$(RUNTIME): $(VENV)/.created requirements.txt pyproject.toml
	$(LOCKED) requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(TESTING): $(RUNTIME) requirements-test.txt
	$(LOCKED) requirements-test.txt
	@touch $@

# Apart from what builds the site: a tool that looks for holes may bring its own.
$(AUDITING): $(VENV)/.created requirements-audit.txt
	$(BIN)/python -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-audit.txt
	@touch $@
