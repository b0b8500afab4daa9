// Package telemetry gives a process its logger, its metrics registry and its admin HTTP endpoint.
//
// It promises one line of JSON per log record on standard error, a registry of its own (never the default one), and
// an admin server with /metrics, /livez, /readyz and /debug/pprof that binds to loopback unless told otherwise.
// /livez never asks a dependency; /readyz says in words what is not ready.
//
// It does not redact: the types of package travel do that themselves, wherever they are printed.
package telemetry
