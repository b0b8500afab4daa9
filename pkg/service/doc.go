// Package service is the life of a process: strict configuration, signals, running and stopping in order.
//
// Every binary's main is one call of [Main]. Configuration comes from flags, then environment, then a YAML file, then
// defaults; the name of a setting is the same in all of them: kafka.brokers in YAML and as a flag,
// FAIRWAY_KAFKA_BROKERS in the environment. An unknown YAML field is an error. Secrets are file names, never values.
//
// It promises that SIGINT and SIGTERM end the context that Run was given, that a second signal ends the process, that
// -check loads and validates the configuration, reads every file it names and exits, that -h says what every setting
// does (its tag "help"), and that what is wrong is said in one line for each cause. Keys and certificates are read
// again when their files change ([Followed]). What a New has opened is closed when
// it fails, and at the end of Run ([Teardown]).
//
// It knows no service and no domain type.
package service
