// Package tgtest is a double of the Bot API over HTTP, with Telegram's own
// rules and error texts: for tests of the whole program and for the demo. It
// shares no code with the bot.
package tgtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Server is the double: all chats, all messages, and the updates that the bot
// has not acknowledged.
type Server struct {
	token string
	now   func() time.Time

	mu      sync.Mutex
	changed chan struct{} // closed and renewed at every change
	updates []update
	nextUpd int64
	nextMsg int
	poll    chan struct{} // closed when another poll takes over
	chats   map[int64]*chat
	people  map[int64]*Person
	presses map[string]press
	calls   []Call
	alerts  []Alert
	faults  []*Fault
	moves   int // counts changes, for the demo page
}

type update struct {
	id   int64
	body map[string]any
	made time.Time
}

type press struct {
	from int64
	made time.Time
	done bool
}

type chat struct {
	id       int64
	title    string
	private  bool
	messages []*Message
	members  map[int64]string
	blocked  bool
	keyboard string // label of the contact button shown, or empty
	movedTo  int64
}

// Message is one message as it stands now.
type Message struct {
	ID       int
	Chat     int64
	From     int64 // 0 is the bot
	Name     string
	HTML     string
	Text     string
	Buttons  [][]Button
	Document string
	Data     []byte
	Date     time.Time
	Edited   int
	ReplyTo  int
	Deleted  bool
}

// Button is an inline button.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
	URL  string `json:"url"`
}

// Call is one call of the API.
type Call struct {
	Method string
	Chat   int64
	Code   int
	At     time.Time
}

// Alert is an answer to a press.
type Alert struct {
	To   int64
	Text string
	Show bool
}

// Fault makes calls of a method fail, the next Times of them.
type Fault struct {
	Method     string // empty: any
	Times      int
	Code       int           // an HTTP status with Telegram's JSON; 0 with Cut
	RetryAfter int           // seconds, with 429
	Cut        bool          // the connection is cut before anything is done
	CutAfter   bool          // done, but the answer is lost
	Delay      time.Duration // first
}

// New makes a double that knows one token. now may be nil.
func New(token string, now func() time.Time) *Server {
	if now == nil {
		now = time.Now
	}
	return &Server{token: token, now: now, changed: make(chan struct{}), nextUpd: 700_000_001, nextMsg: 1,
		chats: map[int64]*chat{}, people: map[int64]*Person{}, presses: map[string]press{}}
}

// Start listens on a free port of the loopback and gives the address.
func (s *Server) Start() (address string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	h := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = h.Serve(l) }()
	return "http://" + l.Addr().String(), func() { _ = h.Close() }, nil
}

// touch wakes all who wait; the lock is held.
func (s *Server) touch() {
	s.moves++
	close(s.changed)
	s.changed = make(chan struct{})
}

// Wait waits until a condition holds, looking after every change.
func (s *Server) Wait(ctx context.Context, ok func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Moves counts changes; After waits for one later than n.
func (s *Server) After(ctx context.Context, n int) int {
	_ = s.Wait(ctx, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.moves > n })
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moves
}

// Fail adds a fault.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

func (s *Server) fault(method string) (Fault, bool) {
	for i, f := range s.faults {
		if f.Method == "" || strings.EqualFold(f.Method, method) {
			if f.Times--; f.Times <= 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
			return *f, true
		}
	}
	return Fault{}, false
}

// apiError is an error of the Bot API.
type apiError struct {
	code  int
	text  string
	param map[string]any
}

func (e *apiError) Error() string { return e.text }

func bad(format string, a ...any) *apiError {
	return &apiError{code: 400, text: "Bad Request: " + fmt.Sprintf(format, a...)}
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || token != s.token {
		reply(w, nil, &apiError{code: 401, text: "Unauthorized"})
		return
	}
	p, err := params(r)
	if err != nil {
		reply(w, nil, bad("can't parse the request"))
		return
	}
	s.mu.Lock()
	f, faulty := s.fault(method)
	s.mu.Unlock()
	if faulty {
		if f.Delay > 0 {
			select {
			case <-time.After(f.Delay):
			case <-r.Context().Done():
				return
			}
		}
		switch {
		case f.Cut:
			panic(http.ErrAbortHandler)
		case f.Code == 429:
			reply(w, nil, &apiError{code: 429, text: fmt.Sprintf("Too Many Requests: retry after %d", f.RetryAfter), param: map[string]any{"retry_after": f.RetryAfter}})
			return
		case f.Code >= 500:
			w.WriteHeader(f.Code)
			_, _ = io.WriteString(w, "<html>bad gateway</html>")
			return
		case f.Code > 0:
			reply(w, nil, &apiError{code: f.Code, text: "Forbidden"})
			return
		}
	}
	result, apiErr := s.do(r.Context(), strings.ToLower(method), p)
	s.mu.Lock()
	code := 200
	if apiErr != nil {
		code = apiErr.code
	}
	s.calls = append(s.calls, Call{method, p.int64("chat_id"), code, s.now()})
	s.mu.Unlock()
	if faulty && f.CutAfter {
		panic(http.ErrAbortHandler)
	}
	reply(w, result, apiErr)
}

func reply(w http.ResponseWriter, result any, err *apiError) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(err.code)
		body := map[string]any{"ok": false, "error_code": err.code, "description": err.text}
		if err.param != nil {
			body["parameters"] = err.param
		}
		_ = json.NewEncoder(w).Encode(body)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

// fields are the parameters of a call, as text; nested ones as JSON.
type fields struct {
	text map[string]string
	file map[string]*multipart.FileHeader
}

func (f fields) int64(key string) int64 { n, _ := strconv.ParseInt(f.text[key], 10, 64); return n }
func (f fields) int(key string) int     { return int(f.int64(key)) }
func (f fields) bool(key string) bool   { return f.text[key] == "true" }

func params(r *http.Request) (fields, error) {
	f := fields{text: map[string]string{}, file: map[string]*multipart.FileHeader{}}
	for k, v := range r.URL.Query() {
		f.text[k] = v[0]
	}
	switch kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
	case "application/json":
		var body map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			return f, err
		}
		for k, v := range body {
			var text string
			if json.Unmarshal(v, &text) != nil {
				text = string(v)
			}
			f.text[k] = text
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(8 << 20); err != nil && err != io.EOF {
			return f, err
		}
		if r.MultipartForm != nil {
			for k, v := range r.MultipartForm.Value {
				f.text[k] = v[0]
			}
			for k, v := range r.MultipartForm.File {
				f.file[k] = v[0]
			}
		}
	}
	return f, nil
}
