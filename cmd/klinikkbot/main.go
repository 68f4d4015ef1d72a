// Command klinikkbot is a clinic's bot on Telegram: it answers patients with
// the clinic's own published answers, checks who can't be given a time, and
// takes bookings, which staff answer in one group.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // Europe/Oslo on any machine

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	fine   = 0
	failed = 1
	usage  = 2
)

// errFailed ends a command that has said itself what is wrong.
var errFailed = errors.New("failed")

type commands struct {
	Demo       demo       `cmd:"" help:"The real bot in a web browser on this machine: a patient's chat and the staff group side by side. Needs no Telegram account, no token and no Redis; everything is gone when it stops."`
	Serve      serve      `cmd:"" help:"The bot on Telegram."`
	Ask        ask        `cmd:"" help:"One question, the answer as the patient would see it; without arguments lines are read from the terminal."`
	Understand understand `cmd:"" help:"A filter for measuring: JSON lines in, JSON lines out."`
	Check      check      `cmd:"" help:"Validates data and configuration, reaches Redis and Telegram, prints what was understood."`
	Version    version    `cmd:"" help:"Version, commit and Go version."`
}

// console is where a command reads and writes.
type console struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], console{os.Stdin, os.Stdout, os.Stderr}))
}

// run is the whole program but for the process: tests start it.
func run(ctx context.Context, args []string, c console) (code int) {
	var cmds commands
	exited := false
	parser, err := kong.New(&cmds,
		kong.Name("klinikkbot"),
		kong.Description("A clinic's bot on Telegram. Exit codes: 0 fine, 1 failed (faulty configuration too), 2 wrong flags."),
		kong.Writers(c.out, c.err),
		kong.Exit(func(int) { exited = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(c),
	)
	if err != nil {
		fmt.Fprintln(c.err, err)
		return failed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exited {
		return fine
	}
	if err != nil {
		fmt.Fprintln(c.err, "klinikkbot:", err)
		return usage
	}
	switch err := k.Run(); {
	case err == nil:
		return fine
	case errors.Is(err, errFailed):
		return failed
	default:
		fmt.Fprintln(c.err, "klinikkbot:", err)
		return failed
	}
}

type version struct{}

func (version) Run(c console) error {
	v, commit := "(devel)", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	_, err := fmt.Fprintf(c.out, "klinikkbot %s\ncommit %s\n%s\n", v, commit, runtime.Version())
	return err
}
