// Package ctl is fairwayctl, the tool of rule authors, list officers and operators: the table of its commands. What they do is
// in message, list, rule and topic.
//
// Every command prints its result on standard output and what is wrong on standard error. It exits 0 when it is done, 1 on a
// fault, and 2 when there is no such command; decode is done when anything was understood. It promises that names and numbers
// are masked unless -reveal is given. It does not decide or publish anything: what it asks for, the services do.
package ctl
