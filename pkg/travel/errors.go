package travel

// DecodeError says that nothing of a body could be understood. Findings hold at least one fault, with its position.
type DecodeError struct{ Findings []Finding }

// Error implements error with the first fault; it holds no personal data.
func (e *DecodeError) Error() string {
	for _, f := range e.Findings {
		if f.Severity == Fault {
			return f.String()
		}
	}
	return "not understood"
}
