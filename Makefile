# make run: build and start.   make test: every check.   make help: the rest.
# Both install what the machine lacks first (.ci/setup), and do nothing of that the second time.

GO := .ci/go
# Fyne logs an error in a C locale.
export LANG := C.UTF-8
# The tools of the checks, pinned; go run keeps them built.
GOFUMPT := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

.NOTPARALLEL:
.PHONY: run build test setup lint vet static unit bench golden cross vuln clean help

run: build ## build and open the window; with no display, do the main job without one
	@./regatta

build: ## build ./regatta as this machine can use it
	@.ci/build

test: setup lint vet static unit ## every check and every test

setup: ## install what building and testing need
	@.ci/setup test

lint: ## formatting and staticcheck
	@unformatted="$$($(GO) run $(GOFUMPT) -l .)" && \
		if [ -n "$$unformatted" ]; then echo "not formatted, run gofumpt -w: $$unformatted"; exit 1; fi
	$(GO) run $(STATICCHECK) ./...

vet: ## go vet, here and for the systems that are only compiled
	$(GO) vet ./...
	CGO_ENABLED=0 $(GO) vet ./...
	CGO_ENABLED=0 GOOS=windows $(GO) vet ./...
	@# Fyne's widgets need cgo on macOS, which cannot be had here.
	CGO_ENABLED=0 GOOS=darwin $(GO) vet $$($(GO) list ./... | grep -v /visual/timeline)

static: ## the command line without a window, as one static program
	CGO_ENABLED=0 $(GO) build -trimpath -o build/regatta-static .
	./build/regatta-static list --json >/dev/null

unit: ## the Go tests under the race detector, on a virtual display
	@# Built first, on all cores; then one package at a time, so that none is measured under another's load.
	$(GO) build -race ./...
	.ci/with-display $(GO) test -race -p 1 -timeout 10m ./...

bench: setup ## what observing, starting and drawing cost
	.ci/with-display $(GO) test -run '^$$' -bench . -timeout 30m ./...

golden: setup ## draw the golden files of the tests anew; look at the difference before committing it
	.ci/with-display $(GO) test ./visual/... ./app/... -update

cross: ## compile the window for Windows, which is not run here
	@.ci/setup cross
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc $(GO) vet ./...
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		$(GO) build -tags migrated_fynedo -trimpath -o build/regatta.exe .

vuln: ## known holes in what is linked in; needs the network
	$(GO) run $(GOVULNCHECK) ./...

clean: ## remove what was built
	rm -rf build regatta regatta.exe

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18
