package name

import "strings"

// classes holds, one group to "|", tokens that documents write for one another without looking alike.
const classes = `BENJAMIN BEN BENNY|THEODORE TED TEDDY THEO|WILLIAM BILL WILL BILLY|ROBERT BOB ROB BOBBY|RICHARD DICK RICK RICHIE|` +
	`EDWARD ED TED EDDIE|JAMES JIM JIMMY|JOHN JACK JOHNNY|MICHAEL MIKE MICK|MARGARET MAGGIE PEGGY MEG|ELIZABETH LIZ BETTY BETH ELISABETH|` +
	`KATHERINE KATE KATHY CATHERINE|ALEXANDER ALEX SASHA ALEKSANDR|JOSEPH JOE YUSUF YOUSSEF YOSEF IOSIF|ABRAHAM IBRAHIM AVRAHAM|` +
	`MOSES MUSA MOSHE|JACOB YAKUB YAAKOV YACOUB|DAVID DAWUD DAUD DAOUD|SOLOMON SULEIMAN SULAYMAN SHLOMO|ISAAC ISHAQ YITZHAK|` +
	`GEORGE YURI GEORGI JORGE|IVAN IOANN JUAN JOAO|MOHAMMED MHD MOHD MD MUHD MAMADOU MEHMET|ANTHONY TONY|THOMAS TOM|DANIEL DAN DANNY|` +
	`SAMUEL SAM|STEPHEN STEVE STEFAN|PATRICK PAT|FRANCIS FRANK FRANCISCO PACO|NICHOLAS NICK NIKOLAI|CHRISTOPHER CHRIS|` +
	`WANG WONG VONG ONG HENG BONG HUANG|CHEN CHAN TAN TRAN CHIN|LIN LIM LAM|ZHANG CHANG CHEONG TEO CHONG|LI LEE LY|WU NG GOH|` +
	`HUANG NG OOI WEE|CAI CHUA CHOI TSAI|ZHENG CHENG TAY TEH|XU HSU KOH KHOO|GUO KUO KWOK|YE YEH IP YAP|ZHAO CHAO CHIU|XIE HSIEH TSE CHIA|` +
	`YANG YEUNG YEO|ZHU CHU CHOO|LIU LAU LOW LIEW|LUO LO LAW|HE HO|HU OH WOO|CHOI CHOE|PARK PAK BAK|LEE YI RI RHEE|JUNG CHUNG JEONG CHONG|` +
	`KANG GANG|CHO JO|YOON YUN|LIM IM RIM|NGUYEN NGUYN|TSE ZE|TUNG DONG|ZEDONG TSETUNG|BEIJING PEKING|PUTRA PUTERA|DEWI DEVI|DE DA DO`

var classesByName = parseClasses()

// parseClasses gives each token the classes of the first two groups that name it.
func parseClasses() map[string][2]uint16 {
	m := make(map[string][2]uint16, 400)
	for i, group := range strings.Split(classes, "|") {
		for _, w := range strings.Fields(group) {
			c := m[w]
			switch {
			case c[0] == 0:
				c[0] = uint16(i + 1)
			case c[1] == 0:
				c[1] = uint16(i + 1)
			}
			m[w] = c
		}
	}
	return m
}

// classesOf returns the classes of names that w belongs to, 0 for none. Names of one class are written for one another.
func classesOf(w []byte) [2]uint16 { return classesByName[string(w)] }

func sharesClass(a, b [2]uint16) bool {
	return a[0] != 0 && (a[0] == b[0] || a[0] == b[1]) || a[1] != 0 && (a[1] == b[0] || a[1] == b[1])
}
