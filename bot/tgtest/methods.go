package tgtest

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"
	"unicode/utf16"
)

const botID = 4242

// do carries out one method.
func (s *Server) do(ctx context.Context, method string, p fields) (any, *apiError) {
	if method == "getupdates" {
		return s.getUpdates(ctx, p)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch method {
	case "getme":
		return map[string]any{"id": botID, "is_bot": true, "first_name": "Klinikk", "username": "klinikkbot"}, nil
	case "getchat":
		c, err := s.chat(p)
		if err != nil {
			return nil, err
		}
		return c.json(), nil
	case "sendmessage":
		return s.send(p, p.text["text"], 4096)
	case "senddocument":
		return s.document(p)
	case "editmessagetext":
		return s.edit(p, true)
	case "editmessagereplymarkup":
		return s.edit(p, false)
	case "deletemessage":
		return s.delete(p)
	case "answercallbackquery":
		return s.answer(p)
	case "getchatmember":
		c, err := s.chat(p)
		if err != nil {
			return nil, err
		}
		status := c.members[p.int64("user_id")]
		if status == "" {
			status = "left"
		}
		return map[string]any{"status": status, "user": map[string]any{"id": p.int64("user_id"), "is_bot": false, "first_name": "?"}}, nil
	case "sendchataction", "setmycommands", "setmyname", "setmydescription", "setmyshortdescription", "deletewebhook", "pinchatmessage", "leavechat":
		return true, nil
	}
	return nil, &apiError{code: 404, text: "Not Found"}
}

// getUpdates acknowledges what is before the offset and waits for more. A
// second poll ends the first with 409.
func (s *Server) getUpdates(ctx context.Context, p fields) (any, *apiError) {
	s.mu.Lock()
	if s.poll != nil {
		close(s.poll)
	}
	mine := make(chan struct{})
	s.poll = mine
	if offset := p.int64("offset"); offset > 0 {
		for len(s.updates) > 0 && s.updates[0].id < offset {
			s.updates = s.updates[1:]
		}
	}
	s.mu.Unlock()
	timeout := time.NewTimer(time.Duration(min(p.int("timeout"), 50)) * time.Second)
	defer timeout.Stop()
	limit := p.int("limit")
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	over := false
	for {
		s.mu.Lock()
		out := []map[string]any{}
		for _, u := range s.updates {
			if len(out) < limit && s.now().Sub(u.made) < 24*time.Hour {
				out = append(out, u.body)
			}
		}
		changed := s.changed
		if len(out) > 0 || over {
			if s.poll == mine {
				s.poll = nil
			}
			s.mu.Unlock()
			return out, nil
		}
		s.mu.Unlock()
		select {
		case <-changed:
		case <-timeout.C:
			over = true
		case <-mine:
			return nil, &apiError{code: 409, text: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
		case <-ctx.Done():
			return nil, &apiError{code: 499, text: "gone"}
		}
	}
}

// chat finds the chat of a call, with Telegram's refusals.
func (s *Server) chat(p fields) (*chat, *apiError) {
	c := s.chats[p.int64("chat_id")]
	switch {
	case c == nil:
		return nil, bad("chat not found")
	case c.blocked:
		return nil, &apiError{code: 403, text: "Forbidden: bot was blocked by the user"}
	case c.movedTo != 0:
		return nil, &apiError{code: 400, text: "Bad Request: group chat was upgraded to a supergroup chat", param: map[string]any{"migrate_to_chat_id": c.movedTo}}
	}
	return c, nil
}

// markup reads the buttons of a call.
func (c *chat) markup(p fields) (buttons [][]Button, contact string, remove bool, err *apiError) {
	raw := p.text["reply_markup"]
	if raw == "" {
		return nil, "", false, nil
	}
	var m struct {
		Inline   [][]Button `json:"inline_keyboard"`
		Keyboard [][]struct {
			Text    string `json:"text"`
			Contact bool   `json:"request_contact"`
		} `json:"keyboard"`
		Remove bool `json:"remove_keyboard"`
	}
	if json.Unmarshal([]byte(raw), &m) != nil {
		return nil, "", false, bad("can't parse reply keyboard markup JSON object")
	}
	for _, row := range m.Inline {
		for _, b := range row {
			switch {
			case b.Text == "":
				return nil, "", false, bad("can't parse inline keyboard button: Text must be non-empty")
			case b.URL == "" && (len(b.Data) < 1 || len(b.Data) > 64):
				return nil, "", false, bad("BUTTON_DATA_INVALID")
			}
		}
	}
	for _, row := range m.Keyboard {
		for _, b := range row {
			if b.Contact {
				if !c.private {
					return nil, "", false, bad("phone number can be requested in private chats only")
				}
				contact = b.Text
			}
		}
	}
	return m.Inline, contact, m.Remove, nil
}

// checked gives a text without its formatting, or Telegram's refusal.
func checked(text, mode string, most int) (string, *apiError) {
	plain := text
	if strings.EqualFold(mode, "HTML") {
		var err error
		if plain, err = plainOf(text); err != nil {
			return "", bad("can't parse entities: %s", err)
		}
	}
	switch n := len(utf16.Encode([]rune(plain))); {
	case strings.TrimSpace(plain) == "":
		return "", bad("message text is empty")
	case n > most:
		return "", bad("message is too long")
	}
	return plain, nil
}

func (s *Server) send(p fields, text string, most int) (any, *apiError) {
	c, err := s.chat(p)
	if err != nil {
		return nil, err
	}
	plain, err := checked(text, p.text["parse_mode"], most)
	if err != nil {
		return nil, err
	}
	buttons, contact, remove, err := c.markup(p)
	if err != nil {
		return nil, err
	}
	if contact != "" || remove {
		c.keyboard = contact
	}
	m := s.add(c, &Message{HTML: text, Text: plain, Buttons: buttons})
	return s.json(c, m), nil
}

func (s *Server) document(p fields) (any, *apiError) {
	c, err := s.chat(p)
	if err != nil {
		return nil, err
	}
	m := &Message{HTML: p.text["caption"]}
	if m.HTML != "" {
		if m.Text, err = checked(m.HTML, p.text["parse_mode"], 1024); err != nil {
			return nil, err
		}
	}
	for _, h := range p.file {
		f, openErr := h.Open()
		if openErr != nil {
			return nil, bad("file is unreadable")
		}
		m.Document = h.Filename
		m.Data, _ = io.ReadAll(f)
		f.Close()
	}
	if m.Document == "" {
		return nil, bad("there is no document in the request")
	}
	return s.json(c, s.add(c, m)), nil
}

func (s *Server) add(c *chat, m *Message) *Message {
	m.ID, m.Chat, m.Date = s.nextMsg, c.id, s.now()
	s.nextMsg++
	c.messages = append(c.messages, m)
	s.touch()
	return m
}

func (c *chat) find(id int) *Message {
	for _, m := range c.messages {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

func (s *Server) edit(p fields, text bool) (any, *apiError) {
	c, err := s.chat(p)
	if err != nil {
		return nil, err
	}
	m := c.find(p.int("message_id"))
	switch {
	case m == nil:
		return nil, bad("message to edit not found")
	case m.From != 0:
		return nil, bad("message can't be edited")
	}
	buttons, _, _, err := c.markup(p)
	if err != nil {
		return nil, err
	}
	html, plain := m.HTML, m.Text
	if text {
		html = p.text["text"]
		if plain, err = checked(html, p.text["parse_mode"], 4096); err != nil {
			return nil, err
		}
	}
	before, _ := json.Marshal(m.Buttons)
	after, _ := json.Marshal(buttons)
	if html == m.HTML && (string(before) == string(after) || len(m.Buttons) == 0 && len(buttons) == 0) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.HTML, m.Text, m.Buttons = html, plain, buttons
	m.Edited++
	s.touch()
	return s.json(c, m), nil
}

func (s *Server) delete(p fields) (any, *apiError) {
	c, err := s.chat(p)
	if err != nil {
		return nil, err
	}
	m := c.find(p.int("message_id"))
	switch {
	case m == nil:
		return nil, bad("message to delete not found")
	case s.now().Sub(m.Date) > 48*time.Hour, !c.private && m.From != 0:
		return nil, bad("message can't be deleted for everyone")
	}
	m.Deleted = true
	s.touch()
	return true, nil
}

func (s *Server) answer(p fields) (any, *apiError) {
	id := p.text["callback_query_id"]
	q, ok := s.presses[id]
	if !ok || q.done || s.now().Sub(q.made) > 150*time.Second {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	if len(utf16.Encode([]rune(p.text["text"]))) > 200 {
		return nil, bad("MESSAGE_TOO_LONG")
	}
	q.done = true
	s.presses[id] = q
	s.alerts = append(s.alerts, Alert{q.from, p.text["text"], p.bool("show_alert")})
	s.touch()
	return true, nil
}

func (c *chat) json() map[string]any {
	if c.private {
		return map[string]any{"id": c.id, "type": "private", "first_name": c.title}
	}
	return map[string]any{"id": c.id, "type": "supergroup", "title": c.title}
}

// json is a message as updates and answers carry it.
func (s *Server) json(c *chat, m *Message) map[string]any {
	from := map[string]any{"id": botID, "is_bot": true, "first_name": "Klinikk"}
	if m.From != 0 {
		from = map[string]any{"id": m.From, "is_bot": false, "first_name": m.Name}
	}
	out := map[string]any{"message_id": m.ID, "date": m.Date.Unix(), "chat": c.json(), "from": from, "text": m.Text}
	if strings.HasPrefix(m.Text, "/") {
		name, _, _ := strings.Cut(m.Text, " ")
		out["entities"] = []map[string]any{{"type": "bot_command", "offset": 0, "length": len(utf16.Encode([]rune(name)))}}
	}
	if m.ReplyTo != 0 {
		if to := c.find(m.ReplyTo); to != nil {
			quoted := s.json(c, to)
			delete(quoted, "reply_to_message")
			out["reply_to_message"] = quoted
		}
	}
	return out
}
