package interpreter

import "testing"

func TestOwnCode(t *testing.T) {
	own := OwnCode("/run/probe/", `C:\probe`, "")
	for file, want := range map[string]bool{
		"/home/me/shop.py":                 true,
		"/home/me/lib/shop.py":             true,
		"shop.py":                          true,
		`C:\Users\me\shop.py`:              true,
		"/run/probes/shop.py":              true,
		"":                                 false,
		"<string>":                         false,
		"<frozen importlib._bootstrap>":    false,
		"/run/probe/probe.py":              false,
		`C:\probe\probe.py`:                false,
		"/usr/lib/python3.14/threading.py": false,
		"/opt/py/lib/python3.13t/json/encoder.py":                   false,
		"/usr/lib64/python3.14/queue.py":                            false,
		"/usr/lib/python3/dist-packages/six.py":                     false,
		"/home/me/.venv/lib/python3.14/site-packages/x.py":          false,
		`C:\Python314\Lib\queue.py`:                                 false,
		`C:\me\regatta\python\3.14.6-acd788\Lib\re\x.py`:            false,
		`C:\miniconda3\Lib\queue.py`:                                false,
		`C:\ProgramData\Anaconda3\Lib\queue.py`:                     false,
		`C:\Users\me\miniforge3\Lib\queue.py`:                       false,
		`C:\Users\me\mambaforge3\Lib\queue.py`:                      false,
		`C:\hostedtoolcache\Python\3.12.4\x64\Lib\a.py`:             true, // its folder's name says nothing; python.exe's folder is known beside it
		`C:\uv\cpython-3.13.0-windows-x86_64-none\Lib\x.py`:         false,
		`C:\Program Files\Python313-32\Lib\queue.py`:                false,
		`C:\Users\me\.pyenv\pyenv-win\versions\3.13.1\Lib\queue.py`: false,
		`C:\Users\me3\Lib\shop.py`:                                  true,
		`C:\Users\3d\Lib\shop.py`:                                   true,
		`C:\web3\Lib\shop.py`:                                       true,
		`C:\Users\me3\Libs\shop.py`:                                 true,
		`C:\me\Lib\shop.py`:                                         true,
		"/home/me/shop3/Lib/shop.py":                                true,
		`C:\me\venv\Lib\site-packages\x.py`:                         false,
	} {
		if own(file) != want {
			t.Errorf("%q: %t", file, !want)
		}
	}
}
