// Package ctl is fairwayctl: the tool of rule authors, list officers and operators.
//
// Every command reads its arguments, prints its result on standard output and its faults on standard error, and
// exits 0 only when there was no fault. Names and numbers are masked unless -reveal is given.
package ctl
