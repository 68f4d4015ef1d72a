package bot

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"klinikkbot/booking"
	"klinikkbot/bot/talk"
)

// received is one update as far as this bot is concerned.
type received struct {
	update  int64
	kind    string // for the log: text, press, command, contact, other, none, unread
	chat    int64
	private bool
	event   talk.Event
	text    string // as typed, masked; only in memory
	press   string // callback id
	message int    // the message that was pressed
	who     person
	reply   string // text of the bot's own message that staff replied to
	sent    time.Time
	edited  bool
	anon    bool
}

type person struct {
	id   int64
	name string
}

// parse reads one raw update by itself. An update that can't be read is of
// kind unread, one that means nothing here of kind none.
func parse(raw json.RawMessage, botName string) received {
	var id struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &id); err != nil {
		return received{kind: "unread"}
	}
	r := received{update: id.ID, kind: "none"}
	var u models.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		r.kind = "unread"
		return r
	}
	switch {
	case u.Message != nil:
		r.take(u.Message, botName)
	case u.EditedMessage != nil:
		r.take(u.EditedMessage, botName)
		r.edited = true
		r.kind = "edited"
	case u.CallbackQuery != nil:
		r.pressed(u.CallbackQuery)
	}
	return r
}

func (r *received) take(m *models.Message, botName string) {
	r.chat, r.private, r.message = m.Chat.ID, m.Chat.Type == models.ChatTypePrivate, m.ID
	r.sent = time.Unix(int64(m.Date), 0)
	if m.From != nil {
		r.who = person{m.From.ID, m.From.FirstName}
	}
	r.anon = m.SenderChat != nil
	if m.ReplyToMessage != nil && m.ReplyToMessage.From != nil && m.ReplyToMessage.From.IsBot {
		r.reply = m.ReplyToMessage.Text
	}
	text := m.Text
	if text == "" {
		text = m.Caption
	}
	masked, found := booking.MaskNumbers(text)
	r.text = masked
	r.event = talk.Event{Kind: talk.Text, Text: masked, Masked: found}
	switch {
	case m.Contact != nil:
		r.kind = "contact"
		r.event = talk.Event{Kind: talk.Contact, Name: strings.TrimSpace(m.Contact.FirstName + " " + m.Contact.LastName), Phone: m.Contact.PhoneNumber, Own: m.From != nil && m.Contact.UserID == m.From.ID}
	case m.Text == "":
		if !r.private || service(m) {
			return
		}
		r.kind = "other"
		r.event.Kind = talk.Other
	case strings.HasPrefix(masked, "/"):
		if name, rest, ok := command(masked, botName); ok {
			r.kind = "command"
			r.event = talk.Event{Kind: talk.Command, Text: strings.TrimSpace(name + " " + rest)}
			return
		}
		r.kind = "text"
	default:
		r.kind = "text"
	}
}

// service says whether a message is only Telegram's own: a pin, a member.
func service(m *models.Message) bool {
	return m.PinnedMessage != nil || len(m.NewChatMembers) > 0 || m.LeftChatMember != nil || m.GroupChatCreated || m.MigrateToChatID != 0 || m.MigrateFromChatID != 0 || m.NewChatTitle != ""
}

// command reads "/name@bot rest"; a command for another bot is none.
func command(text, botName string) (name, rest string, ok bool) {
	name, rest, _ = strings.Cut(strings.TrimPrefix(text, "/"), " ")
	name, to, addressed := strings.Cut(name, "@")
	if addressed && !strings.EqualFold(to, botName) {
		return "", "", false
	}
	name = strings.ToLower(name)
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return "", "", false
		}
	}
	return name, strings.TrimSpace(rest), name != ""
}

func (r *received) pressed(q *models.CallbackQuery) {
	r.kind, r.press, r.who = "press", q.ID, person{q.From.ID, q.From.FirstName}
	r.chat, r.private = q.From.ID, true
	if m := q.Message.Message; m != nil {
		r.chat, r.private, r.message = m.Chat.ID, m.Chat.Type == models.ChatTypePrivate, m.ID
	} else if m := q.Message.InaccessibleMessage; m != nil {
		r.chat, r.private, r.message = m.Chat.ID, m.Chat.Type == models.ChatTypePrivate, m.MessageID
	}
	r.event = talk.Event{Kind: talk.Press}
	if b, err := talk.ParseButton(q.Data); err == nil {
		r.event.Button = b
	} else {
		r.event.Button = talk.Button{Draft: "-", Step: "none", Value: "none"} // forged or another program's: stale
	}
}

func (r received) mark() string { return "u" + strconv.FormatInt(r.update, 10) }
