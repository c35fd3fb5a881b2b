//go:build cgo

package window

import (
	"regexp"
	"slices"
	"strings"
)

// tokenKind is what a piece of Python source is, as far as colours go.
type tokenKind int

const (
	plainToken tokenKind = iota
	commentToken
	stringToken
	numberToken
	keywordToken
	nameToken // what is defined here, and decorators
)

// token is a piece of source. Tokens in a row make up the whole text.
type token struct {
	kind tokenKind
	text string
}

var pythonKeywords = strings.Fields(`False None True and as assert async await break case class continue def del elif else
	except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield`)

// pythonPieces finds the next piece; the groups are in the order of tokenKind. Chroma's lexers would do, but their tables
// cost 22 ms at every start of our binary, and the runner is our binary too.
var pythonPieces = regexp.MustCompile(`(?s)(#[^\n]*)` +
	`|((?i:\b[rbuf]{1,2})?(?:""".*?(?:"""|$)|'''.*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))` +
	`|(\b\d[\w.]*)` +
	`|([^\W\d]\w*)` +
	`|(@[^\W\d][\w.]*)`)

// pythonTokens cuts Python source into tokens.
func pythonTokens(source string) []token {
	var tokens []token
	add := func(kind tokenKind, text string) {
		if text != "" {
			tokens = append(tokens, token{kind, text})
		}
	}
	end, defines := 0, false
	for _, m := range pythonPieces.FindAllStringSubmatchIndex(source, -1) {
		add(plainToken, source[end:m[0]])
		word := source[m[0]:m[1]]
		switch {
		case m[2] >= 0:
			add(commentToken, word)
		case m[4] >= 0:
			add(stringToken, word)
		case m[6] >= 0:
			add(numberToken, word)
		case m[10] >= 0 || m[8] >= 0 && defines:
			add(nameToken, word)
		case slices.Contains(pythonKeywords, word):
			add(keywordToken, word)
		default:
			add(plainToken, word)
		}
		defines = word == "def" || word == "class"
		end = m[1]
	}
	add(plainToken, source[end:])
	return tokens
}
