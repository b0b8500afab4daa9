package xml

// keyOf is the one table of element and attribute names of PNRGOV XML. A name is looked up folded: ASCII lower case,
// without "_", "-" and "."; so SSR_Code and SSRCode are one. The key it answers with is what the rest of the code asks
// for; "" is a name that is not known, keyPass one that is known and whose content is not kept, and keyOpen one that
// only holds others.
//
// Where the names come from: the schema itself is IATA's and was not at hand. Those of the first part stand in messages
// and programs that others have published. Those of the second part are columns of a data base that follows the schema
// element by element, so their spelling is certain only up to what folding hides. Those of the third part are guesses.
// Nobody should take the second and third part for the standard.
func keyOf(folded []byte) string {
	if key := seen(folded); key != "" {
		return key
	}
	if key := modelled(folded); key != "" {
		return key
	}
	return guessed(folded)
}

const (
	keyPass = "-"
	keyOpen = "+"
)

// seen are names seen in messages, in a generator of them, or in bindings to Java.
func seen(folded []byte) string {
	switch name := string(folded); name {
	case "originator", "airlinecode", "systemcode", "flightleg", "carriercode", "flightnumber", "departuredatetime", "arrivaldatetime",
		"departureairport", "arrivalairport", "locationcode", "operatingairline", "marketingairline", "resbookdesigcode", "numberinparty",
		"status", "flight", "airline", "code", "id", "type", "text", "rph",
		"pnrs", "numberofpnrs", "pnr", "numberofpassengers", "pnrtransdate", "pnrcreationdate", "bookingrefid", "companyname",
		"pos", "source", "agentsine", "pseudocitycode", "isocountry", "isocurrency", "airlinevendorid", "airportcode", "requestorid",
		"contactinfo", "phonenumber", "emailaddress", "addressline", "cityname", "postalcode", "stateprov", "countryname",
		"passenger", "boardingstatus", "accompaniedbyinfantind", "givenname", "surname", "custloyalty", "programid", "membershipid",
		"fareinfo", "ptccode", "ssr", "ssrcode", "boardpoint", "offpoint", "docssr", "docs", "doca", "doco",
		"dateofbirth", "expirydate", "firstgivenname", "secondgivenname", "gender", "issuingloc", "paxnationality",
		"addresstype", "address", "stateprovcounty", "country",
		"birthlocation", "traveldoctype", "traveldocnbr", "placeofissue", "dateofissue", "countrystate",
		"ticketdocument", "ticketdocumentnbr", "primarydocind", "totalfare", "amount", "currencycode",
		"paymentinfo", "paymenttype", "paymentamount", "vendorcode", "accountnbr", "cardholdername",
		"issuercode", "serialnumber", "sequencecount", "baggagepool", "unitofmeasurequantity", "unitofmeasurecode":
		return name
	case "excessbaggage", "prepaidbag", "pricinginfo", "taxes", "equipment", "flightinfo", "streetnmbr":
		return keyPass
	}
	return ""
}

// modelled are [unconfirmed] in spelling: columns of a model of the schema, or attributes that OTA gives all messages.
func modelled(folded []byte) string {
	switch name := string(folded); name {
	case "echotoken", "timestamp", "target", "version", "transactionidentifier", "sequencenmbr", "transactionstatuscode", "correlationid",
		"operationalsuffix", "surnameprefix", "middlename", "nametitle", "osi", "sponsor", "checkininfo", "seatnumber", "checkedbag",
		"unitofmeasure", "splitpnr", "number", "time", "date", "action":
		return name
	case "boardingnumber", "boardingnumberinfo":
		return "boardingnumber"
	case "unstructuredpnrhistory":
		return "historytext"
	case "structuredpnrhistory":
		return "history"
	case "pnrhistoryitem", "historyitem":
		return "historyitem"
	case "pnrhistorycredit", "historycredit":
		return "historycredit"
	case "nameaddressphone":
		return keyOpen
	case "hotelinfo", "carinfo", "othertravelsegment":
		return keyPass
	}
	return ""
}

// guessed are [unconfirmed] guesses at what a sender may call a thing; they name the same as a key above.
func guessed(folded []byte) string {
	switch string(folded) {
	case "passengers", "flights", "ssrs", "osis", "docssrs", "remarks", "tickets", "ticketing", "payments", "contacts", "itinerary",
		"specialservices", "bags", "baggage", "seats", "pnrhistory", "splitpnrs", "personname", "checkedinpassengers":
		return keyOpen
	case "pax", "traveler", "traveller":
		return "passenger"
	case "flightsegment", "segment":
		return "flight"
	case "contactinformation":
		return "contactinfo"
	case "nameprefix", "title":
		return "nametitle"
	case "middlenames", "secondname":
		return "middlename"
	case "givennames", "firstname":
		return "givenname"
	case "lastname", "familyname":
		return "surname"
	case "passengertypecode", "passengertype", "ptc":
		return "ptccode"
	case "remark", "generalremark", "freetext":
		return "remark"
	case "bagtag", "baginfo", "bag":
		return "checkedbag"
	case "bagcount", "numberofbags":
		return "bagcount"
	case "seat", "seatnbr", "seatassignment":
		return "seatnumber"
	case "checkedinpax", "checkin":
		return "boardingnumber"
	case "doctype", "documenttype":
		return "traveldoctype"
	case "docnbr", "docnumber", "documentnbr", "documentnumber", "docid", "passportnbr":
		return "traveldocnbr"
	case "docissuecountry", "issuingcountry", "countryofissue":
		return "issuingloc"
	case "nationality":
		return "paxnationality"
	case "birthdate":
		return "dateofbirth"
	case "sex":
		return "gender"
	case "secondarygivenname":
		return "secondgivenname"
	case "ticketnumber", "ticketnbr":
		return "ticketdocumentnbr"
	case "telephone", "phone":
		return "phonenumber"
	case "email":
		return "emailaddress"
	case "dividedpnr":
		return "splitpnr"
	case "updatehistory":
		return "historytext"
	case "messagefunction", "msgfunction", "functioncode":
		return "messagefunction"
	case "datebookingcreated", "creationdate":
		return "pnrcreationdate"
	}
	return ""
}

// fold looks a name up; names longer than any known are not.
func fold(name string) string {
	var buf [40]byte
	n := 0
	for i := range len(name) {
		c := name[i]
		switch {
		case c == '_' || c == '-' || c == '.':
			continue
		case n == len(buf):
			return ""
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		buf[n] = c
		n++
	}
	return keyOf(buf[:n])
}
