package rule

import "fairway/pkg/rule/fact"

// Cases is the test file of a rule, name_test.yaml beside it. Package ruletest runs it.
type Cases struct {
	Cases []Case `yaml:"cases"`
}

// Case is one named example: given these facts, and nothing else, the rule says this.
type Case struct {
	Name    Scalar    `yaml:"name"`
	Facts   fact.Set  `yaml:"facts"`
	Expect  Scalar    `yaml:"expect"`  // hit, no_hit, suppressed, not_evaluable, error
	Explain *Scalar   `yaml:"explain"` // the whole explanation, when given
	Set     *Expected `yaml:"set"`     // what all rules together say, when given
	At      Mark
}

// Expected is what a whole release says about the facts of a case. Absent parts are not compared.
type Expected struct {
	Outcome Scalar   `yaml:"outcome"`
	Score   *int     `yaml:"score"`
	Reason  Scalar   `yaml:"reason"`
	Protect *bool    `yaml:"protect"`
	Hits    []Scalar `yaml:"hits"` // exactly these rules
	At      Mark
}
