package tgtest

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// Person is somebody with a Telegram account.
type Person struct {
	s    *Server
	ID   int64
	Name string
}

// Patient is a person with a private chat with the bot.
func (s *Server) Patient(id int64, name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.people[id]; p != nil {
		return p
	}
	p := &Person{s, id, name}
	s.people[id] = p
	s.chats[id] = &chat{id: id, title: name, private: true, members: map[int64]string{}}
	return p
}

// Group is a group that the bot is in. A member's status is Telegram's word:
// creator, administrator, member, left.
func (s *Server) Group(id int64, title string, members map[int64]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id] = &chat{id: id, title: title, members: members}
}

func (s *Server) push(kind string, body map[string]any) {
	s.updates = append(s.updates, update{s.nextUpd, map[string]any{"update_id": s.nextUpd, kind: body}, s.now()})
	s.nextUpd++
	s.touch()
}

// Write sends a text to the bot.
func (p *Person) Write(text string) *Message { return p.WriteIn(p.ID, text, 0) }

// WriteIn writes in a chat, as a reply if replyTo is not 0.
func (p *Person) WriteIn(chat int64, text string, replyTo int) *Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[chat]
	m := p.s.add(c, &Message{From: p.ID, Name: p.Name, Text: text, HTML: html.EscapeString(text), ReplyTo: replyTo})
	p.s.push("message", p.s.json(c, m))
	return m
}

// Send sends something that is no text: fields as the Bot API names them.
func (p *Person) Send(label string, fields map[string]any) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.ID]
	m := p.s.add(c, &Message{From: p.ID, Name: p.Name, Text: label, HTML: html.EscapeString(label)})
	body := p.s.json(c, m)
	delete(body, "text")
	for k, v := range fields {
		body[k] = v
	}
	p.s.push("message", body)
}

// Photo sends a picture with a caption.
func (p *Person) Photo(caption string) {
	p.Send("[photo] "+caption, map[string]any{"caption": caption, "photo": []map[string]any{{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}}})
}

// Share shares a contact: one's own if owner is one's id.
func (p *Person) Share(phone string, owner int64) {
	p.s.mu.Lock()
	p.s.chats[p.ID].keyboard = ""
	p.s.mu.Unlock()
	p.Send("[contact]", map[string]any{"contact": map[string]any{"phone_number": phone, "first_name": p.Name, "user_id": owner}})
}

// Edit changes an own message.
func (p *Person) Edit(m *Message, text string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m.Text, m.HTML = text, html.EscapeString(text)
	m.Edited++
	p.s.push("edited_message", p.s.json(p.s.chats[m.Chat], m))
}

// Block blocks the bot, or takes it back.
func (p *Person) Block(blocked bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.chats[p.ID].blocked = blocked
	p.s.touch()
}

// Press presses the newest button with a label (or a label that begins so) in
// a chat; an error if there is none.
func (p *Person) Press(chat int64, label string) error {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for _, m := range slices.Backward(p.s.chats[chat].messages) {
		if m.Deleted {
			continue
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Text, label) {
					p.press(m, b.Data)
					return nil
				}
			}
		}
	}
	return fmt.Errorf("no button %q in chat %d", label, chat)
}

// PressData presses a button of a message with data of one's own making.
func (p *Person) PressData(chat int64, message int, data string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if m := p.s.chats[chat].find(message); m != nil {
		p.press(m, data)
	}
}

func (p *Person) press(m *Message, data string) {
	id := strconv.Itoa(len(p.s.presses) + 1)
	p.s.presses[id] = press{from: p.ID, made: p.s.now()}
	p.s.push("callback_query", map[string]any{"id": id, "from": map[string]any{"id": p.ID, "is_bot": false, "first_name": p.Name},
		"message": p.s.json(p.s.chats[m.Chat], m), "chat_instance": "1", "data": data})
}

// Messages lists a chat's messages that are not deleted, as they stand now.
func (s *Server) Messages(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	if c := s.chats[chat]; c != nil {
		for _, m := range c.messages {
			if !m.Deleted {
				out = append(out, *m)
			}
		}
	}
	return out
}

// Keyboard is the label of the contact button under a chat, or empty.
func (s *Server) Keyboard(chat int64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[chat]; c != nil {
		return c.keyboard
	}
	return ""
}

// Calls lists all calls of the API.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Alerts lists all answers to presses.
func (s *Server) Alerts() []Alert {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.alerts)
}

// Unread counts updates that the bot has not acknowledged.
func (s *Server) Unread() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates)
}
