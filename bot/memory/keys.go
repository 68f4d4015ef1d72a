package memory

// Every key of the conversations. All begin with {clinic}: so that a clinic
// lives in one slot of a Redis Cluster. <chat> is a keyed hash of the chat id.
//
//	talk:<chat>    hash    version; state, encrypted                    idle time of the conversation
//	seen:<mark>    string  the attempt that handled an update           48 h
//	lane:<chat>    list    rows to send, each encrypted whole           when sent
//	holder:<chat>  string  token of the program that sends the lane     3 s, renewed
//	lanes          zset    lanes with rows, by when to try (unix ms)    with the last row
//	slots:<chat>   hash    named messages of a chat and their ids       30 days
//	due            zset    what falls due (unix ms)                     when done
//	lease          string  token of the program that polls              4 s, renewed
//	pace:<chat>    zset    messages sent in the window                  the window
//	pace           zset    the same for the whole bot                   the window
//	secret         string  the secret behind <chat>, encrypted          never
//	tries:<mark>   string  how often an update has been tried           48 h
//	dead           stream  updates given up, without content            the newest 10,000
type keys struct{ clinic string }

func (k keys) name(rest string) string   { return "{" + k.clinic + "}:" + rest }
func (k keys) talk(chat string) string   { return k.name("talk:" + chat) }
func (k keys) seen(mark string) string   { return k.name("seen:" + mark) }
func (k keys) lane(chat string) string   { return k.name("lane:" + chat) }
func (k keys) holder(chat string) string { return k.name("holder:" + chat) }
func (k keys) lanes() string             { return k.name("lanes") }
func (k keys) slots(chat string) string  { return k.name("slots:" + chat) }
func (k keys) due() string               { return k.name("due") }
func (k keys) lease() string             { return k.name("lease") }
func (k keys) pace(chat string) string   { return k.name("pace:" + chat) }
func (k keys) paceAll() string           { return k.name("pace") }
func (k keys) secret() string            { return k.name("secret") }
func (k keys) tries(mark string) string  { return k.name("tries:" + mark) }
func (k keys) dead() string              { return k.name("dead") }
