// Package preview is demo's web page: a patient's chat and the staff group side
// by side, against the Bot API double. It listens on the loopback only and
// takes requests only with the word that its own page carries.
package preview

import (
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"klinikkbot/bot/tgtest"
)

//go:embed page.html
var page string

// Who acts in the demo.
const (
	PatientID = int64(1001)
	StaffID   = int64(2001)
	GroupID   = int64(-3001)
)

// Preview serves the page for one double.
type Preview struct {
	tg             *tgtest.Server
	patient, staff *tgtest.Person
	word           string
	zone           *time.Location
}

// New sets the scene: one patient, and one staff member in the group.
func New(tg *tgtest.Server, patient, staff, group string, zone *time.Location) *Preview {
	p := &Preview{tg: tg, word: rand.Text(), zone: zone}
	p.patient = tg.Patient(PatientID, patient)
	p.staff = tg.Patient(StaffID, staff)
	tg.Group(GroupID, group, map[int64]string{StaffID: "creator"})
	return p
}

// ServeHTTP serves the page, its changes and its acts.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Another site in the same browser may reach the loopback under a name of
	// its own: only the loopback's own names are served.
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if host != "127.0.0.1" && host != "localhost" && host != "::1" {
		http.Error(w, "loopback only", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	if r.URL.Path == "/" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(strings.ReplaceAll(page, "{{word}}", p.word)))
		return
	}
	if r.URL.Path == "/favicon.ico" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	given := r.Header.Get("X-Word")
	if given == "" {
		given = r.URL.Query().Get("word")
	}
	if subtle.ConstantTimeCompare([]byte(given), []byte(p.word)) != 1 {
		http.Error(w, "only from the page", http.StatusForbidden)
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "GET /changes":
		p.changes(w, r)
	case "GET /file":
		p.file(w, r)
	case "POST /act":
		p.act(w, r)
	default:
		http.NotFound(w, r)
	}
}

type shown struct {
	ID      int               `json:"id"`
	Mine    bool              `json:"mine"`
	Name    string            `json:"name"`
	HTML    string            `json:"html"`
	Buttons [][]tgtest.Button `json:"buttons"`
	File    string            `json:"file"`
	Edited  bool              `json:"edited"`
	At      string            `json:"at"`
	ReplyTo int               `json:"reply"`
}

// changes waits until something has happened after ?n= and shows both chats.
func (p *Preview) changes(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.URL.Query().Get("n"))
	n = p.tg.After(r.Context(), n)
	chat := func(id, self int64) []shown {
		all := []shown{}
		for _, m := range p.tg.Messages(id) {
			all = append(all, shown{m.ID, m.From == self, m.Name, m.HTML, m.Buttons, m.Document, m.Edited > 0, m.Date.In(p.zone).Format("15.04"), m.ReplyTo})
		}
		return all
	}
	alerts := p.tg.Alerts()
	reply(w, map[string]any{"n": n, "patient": chat(PatientID, PatientID), "staff": chat(GroupID, StaffID), "keyboard": p.tg.Keyboard(PatientID), "alerts": alerts})
}

func (p *Preview) file(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.URL.Query().Get("id"))
	for _, m := range p.tg.Messages(PatientID) {
		if m.ID == id && m.Document != "" {
			w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
			w.Header().Set("Content-Disposition", `attachment; filename="`+m.Document+`"`)
			_, _ = w.Write(m.Data)
			return
		}
	}
	http.NotFound(w, r)
}

// act does what somebody did on the page.
func (p *Preview) act(w http.ResponseWriter, r *http.Request) {
	var a struct {
		Who     string `json:"who"` // patient or staff
		Text    string `json:"text"`
		Message int    `json:"message"`
		Data    string `json:"data"`
		Reply   int    `json:"reply"`
		Share   bool   `json:"share"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&a); err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	who, chat := p.patient, PatientID
	if a.Who == "staff" {
		who, chat = p.staff, GroupID
	}
	switch {
	case a.Share && a.Who != "staff":
		who.Share("+4791234567", PatientID)
	case a.Data != "":
		who.PressData(chat, a.Message, a.Data)
	case strings.TrimSpace(a.Text) != "":
		who.WriteIn(chat, a.Text, a.Reply)
	}
	reply(w, map[string]any{"ok": true})
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// Serve listens on the loopback, on the wanted port or, if it is taken, a free
// one, and gives the address.
func (p *Preview) Serve(port int) (address string, stop func(), err error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return "", nil, err
		}
	}
	s := &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }()
	return "http://" + l.Addr().String(), func() { _ = s.Close() }, nil
}
