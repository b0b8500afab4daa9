// Package telemetry gives a process its logger, its metrics registry and its admin HTTP endpoint.
//
// It promises one line of JSON per log record on standard error, a registry of its own (never the default one), and
// an admin server with /metrics, /livez and /readyz that binds to loopback unless told otherwise, and has /debug/pprof
// there only. /livez never asks a dependency; /readyz says in words what is not ready, from what a [Dependency] has
// learnt, so that a probe costs nothing and never waits for a peer that hangs.
//
// What is logged goes through fmt, where the types of package travel redact themselves. It redacts nothing of its own.
package telemetry
