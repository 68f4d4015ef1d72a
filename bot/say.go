package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"regexp"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"klinikkbot/bot/desk"
	"klinikkbot/bot/memory"
	"klinikkbot/bot/talk"
)

// outgoing is a row: one line to one chat. Rows that wait in Redis have this
// shape; a field may be added, none may change.
type outgoing struct {
	Chat int64     `json:"chat"`
	Line talk.Line `json:"line"`
	Msg  int       `json:"msg,omitempty"` // the message that the line changes, as a press brought it
	Made int64     `json:"made"`          // unix s
}

func (b *Bot) row(chat int64, l talk.Line, msg int) memory.Row {
	body, err := json.Marshal(outgoing{chat, l, msg, b.Now().Unix()})
	if err != nil { // a line is strings and numbers
		panic(err)
	}
	return memory.Row{Chat: b.memory.Chat(chat), First: l.First, Body: body}
}

// send makes one call, or two, of the Bot API and gives the message's id.
// old is the message that the line changes or replaces; 0 is none.
func (b *Bot) send(ctx context.Context, chat int64, l talk.Line, old int) (int, error) {
	if l.Gone {
		return 0, b.delete(ctx, chat, old)
	}
	if l.File != nil {
		m, err := b.tg.SendDocument(ctx, &tg.SendDocumentParams{ChatID: chat, Document: &models.InputFileUpload{Filename: l.File.Name, Data: bytes.NewReader(l.File.Data)}, Caption: l.Text, ParseMode: models.ParseModeHTML})
		return id(m), err
	}
	protect := chat == b.StaffChat
	if l.Edit && old != 0 {
		m, err := b.tg.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: chat, MessageID: old, Text: l.Text, ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard(l)})
		switch {
		case err == nil:
			return id(m), nil
		case strings.Contains(err.Error(), "message is not modified"):
			return old, nil
		case !errors.Is(err, tg.ErrorBadRequest):
			return 0, err
		}
	} else if old != 0 {
		if err := b.delete(ctx, chat, old); err != nil {
			return 0, err
		}
	}
	p := &tg.SendMessageParams{ChatID: chat, Text: l.Text, ParseMode: models.ParseModeHTML, ProtectContent: protect}
	switch {
	case l.Share != "":
		p.ReplyMarkup = &models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: l.Share, RequestContact: true}}}, ResizeKeyboard: true, OneTimeKeyboard: true}
	case l.Unshare:
		p.ReplyMarkup = &models.ReplyKeyboardRemove{RemoveKeyboard: true}
	case len(l.Buttons) > 0:
		p.ReplyMarkup = keyboard(l)
	}
	m, err := b.tg.SendMessage(ctx, p)
	return id(m), err
}

// delete takes a message away; one that is gone or too old is no error.
func (b *Bot) delete(ctx context.Context, chat int64, msg int) error {
	_, err := b.tg.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: chat, MessageID: msg})
	if errors.Is(err, tg.ErrorBadRequest) {
		return nil
	}
	return err
}

func id(m *models.Message) int {
	if m == nil {
		return 0
	}
	return m.ID
}

func keyboard(l talk.Line) models.InlineKeyboardMarkup {
	k := models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{}}
	for _, row := range l.Buttons {
		var r []models.InlineKeyboardButton
		for _, bt := range row {
			if bt.URL != "" {
				r = append(r, models.InlineKeyboardButton{Text: bt.Label, URL: bt.URL})
			} else {
				r = append(r, models.InlineKeyboardButton{Text: bt.Label, CallbackData: bt.Data()})
			}
		}
		if len(r) > 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, r)
		}
	}
	return k
}

// answerPress stops the button's spinner. It is said once and never again: an
// old press can't be answered.
func (b *Bot) answerPress(ctx context.Context, r *received, toast string, alert bool) {
	if r.press == "" {
		return
	}
	if rs := []rune(toast); len(rs) > 200 {
		toast = string(rs[:200])
	}
	b.work.Go(func() {
		c, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if _, err := b.tg.AnswerCallbackQuery(c, &tg.AnswerCallbackQueryParams{CallbackQueryID: r.press, Text: toast, ShowAlert: alert}); err != nil && !errors.Is(err, tg.ErrorBadRequest) {
			b.Log.Warn("press not answered", "error", errorKind(err))
		}
	})
}

type membership struct {
	staff bool
	until time.Time
}

// who finds out what the person in the staff group may do. If Telegram can't
// tell, the person isn't staff.
func (b *Bot) who(ctx context.Context, r *received) desk.Person {
	p := desk.Person{ID: r.who.id, Name: r.who.name}
	if r.anon {
		return p
	}
	if len(b.Staff) > 0 {
		p.Staff = b.Staff[p.ID]
	} else {
		known, _ := b.member.Load(p.ID)
		m, ok := known.(membership)
		if !ok || time.Now().After(m.until) {
			m = membership{until: time.Now().Add(time.Minute)}
			got, err := b.tg.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: b.StaffChat, UserID: p.ID})
			if err == nil {
				m.staff = got.Type == models.ChatMemberTypeOwner || got.Type == models.ChatMemberTypeAdministrator || got.Type == models.ChatMemberTypeMember
				b.member.Store(p.ID, m)
			}
		}
		p.Staff = m.staff
	}
	p.Practitioner = p.Staff && (len(b.Practitioners) == 0 || b.Practitioners[p.ID])
	return p
}

var referenced = regexp.MustCompile(`\bK-([A-Z2-9]{4,6})\b`)

// reference finds a booking's id in a text; empty where there is none.
func reference(text string) string {
	if g := referenced.FindStringSubmatch(text); g != nil {
		return g[1]
	}
	return ""
}

func cutCommand(text string) (name, rest string, ok bool) { return strings.Cut(text, " ") }

// errorKind names an error without anything that it quotes.
func errorKind(err error) string {
	var dns net.Error
	var refused memory.Refused
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, context.Canceled):
		return "stopped"
	case errors.As(err, &dns):
		return "network"
	case errors.As(err, &refused):
		return err.Error()
	case errors.Is(err, tg.ErrorForbidden):
		return "403"
	case errors.Is(err, tg.ErrorBadRequest):
		return "400"
	case errors.Is(err, memory.ErrStale), errors.Is(err, memory.ErrFenced), errors.Is(err, memory.ErrDup), errors.Is(err, errAway):
		return err.Error()
	case tg.IsTooManyRequestsError(err):
		return "429"
	}
	return fmt.Sprintf("%T", err)
}

// where is the innermost function of this program in a stack, without values.
func where(stack []byte) string {
	for line := range bytes.Lines(stack) {
		if s := string(line); strings.HasPrefix(s, "klinikkbot/") && !strings.Contains(s, "bot.(*Bot).handle.func") {
			name, _, _ := strings.Cut(s, "(0x")
			return strings.TrimSpace(name)
		}
	}
	return "unknown"
}

// logTurn writes the one line of a turn: no text, no name, no number.
func (b *Bot) logTurn(r *received, d time.Duration, err error) {
	b.Log.Info("turn", "update", r.update, "kind", r.kind, "staff", r.chat == b.StaffChat, "ms", d.Milliseconds(), "error", errorKind(err))
}
