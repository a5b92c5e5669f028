use std::fs;

use super::{assert_without_secrets, document, folder, golden, run, run_with_input};

fn shown(input: &[u8]) -> String {
    let call = run_with_input(&["show", "-"], input);
    assert_eq!((call.status, call.stderr.as_str()), (0, ""), "{}", String::from_utf8_lossy(input));
    call.stdout
}

#[test]
fn outputs_are_as_expected() {
    for name in ["order", "refused", "setup", "started"] {
        let call = run(&["show", &format!("{name}.xml")]);
        assert_eq!((call.status, call.stderr.as_str()), (0, ""), "{name}");
        assert_without_secrets(&call);
        golden(&format!("{name}.show.txt"), &call.stdout);
    }
    let call = run(&["show", "--outline", "order.xml"]);
    assert_without_secrets(&call);
    golden("order.outline.txt", &call.stdout);
}

#[test]
fn a_document_is_shown_in_whatever_encoding() {
    let source = fs::read_to_string(folder().join("order.xml")).unwrap().replace("Berlin", "Köln");
    let (_, expected) = source.split_once("encoding=\"UTF-8\"?>").unwrap();
    let expected = shown(expected.as_bytes());
    assert!(expected.contains("10115 Köln") && expected.contains("SK-M8-40"), "{expected}");
    let outline = |bytes: &[u8]| run_with_input(&["show", "--outline", "-"], bytes).stdout;
    let latin = source.replace("UTF-8", "ISO-8859-1");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide = format!("\u{feff}{}", source.replace("UTF-8", "UTF-16"));
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        latin,
        wide,
        format!("\u{feff}{source}").into_bytes(),
        source.replace("UTF-8", "UTF-16").into_bytes(),
    ] {
        assert_eq!(shown(&bytes), expected);
        assert!(outline(&bytes).contains("City                          Köln"));
    }
}

#[test]
fn any_well_formed_document_is_shown() {
    for (source, line) in [
        (
            "<Index><SupplierID domain='DUNS'>1</SupplierID></Index>",
            &*format!("{:<40}  1", "  SupplierID domain=\"DUNS\""),
        ),
        (
            "<!DOCTYPE a SYSTEM 'x' [<!ENTITY b 'c'>]><a d='&b;'>e &b;</a>",
            &*format!("{:<40}  e &b;", "a d=\"&b;\""),
        ),
        ("<cXML><Foo/></cXML>", "Foo"),
        ("<cXML><Response/></cXML>", "status            0"),
        ("<a/>", "DTD named         none"),
    ] {
        let shown = shown(source.as_bytes());
        assert!(shown.lines().any(|shown| shown == line), "{line}:\n{shown}");
    }
    run(&["show", "broken.xml"]).refused("cannot read broken.xml: ");
    run(&["show", "broken.xml"]).refused(" at line 3, column 78");
    run(&["show", "nothing.xml"]).refused("cannot read nothing.xml: ");
    run(&["show", "order.xml", "setup.xml"]).refused("unexpected argument");
    run_with_input(&["show", "-"], b"").refused("cannot read <stdin>: the document has no root element");
}

#[test]
fn it_is_said_why_there_is_an_outline_only() {
    let said = |shown: &str| {
        let line = shown.lines().find(|line| line.starts_with("outline only      "));
        line.unwrap_or_else(|| panic!("{shown}")).to_owned()
    };
    assert!(said(&shown(b"<Index/>")).contains("not `cXML`"));
    let order = document("<Header/><Request><OrderRequest><OrderRequestHeader/>%</OrderRequest></Request>");
    let order = order.replace('%', &"<ItemOut/>".repeat(200_001));
    assert!(said(&shown(order.as_bytes())).contains("200001 items are more than the limit of 200000"));
    assert!(!shown(document("<Response/>").as_bytes()).contains("outline only"));
}

#[test]
fn an_entity_is_shown_as_it_stands() {
    let response =
        "<cXML><Response><Status code='200' text='a&b;c'/><Foo d='&b;'>&b;</Foo></Response></cXML>";
    for doctype in ["", "<!DOCTYPE cXML [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"] {
        let shown = shown(format!("{doctype}{response}").as_bytes());
        assert!(!shown.contains("outline only") && shown.contains("200 a&b;c\n"), "{shown}");
        assert!(shown.contains("Foo d=\"&b;\"") && shown.contains(" &b;\n"), "{shown}");
    }
}

#[test]
fn nothing_is_invisible_and_nothing_too_long() {
    let long = "x".repeat(5_000);
    let source = document(&format!(
        "<Message><a b=\"\u{9b}2J{long}\">first&#10;  second\u{202e}\u{7f}&#x9b;</a><{long} b='1'>{long}{long}</{long}></Message>"
    ));
    let shown = shown(source.as_bytes());
    assert!(shown.contains("first ↵ second<U+202E><U+007F><U+009B>\n"), "{shown}");
    assert!(shown.contains(" b=\"<U+009B>2Jxxx"), "{shown}");
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    let longest = shown.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(longest < 250, "{longest}");
}

#[test]
fn secrets_are_hidden_wherever_they_stand() {
    for body in [
        "<Header><From><Credential domain='d'><Identity>1</Identity><SharedSecret>gehe1m</SharedSecret></Credential></From></Header>",
        "<Message><SharedSecret>ge<!-- -->he1m</SharedSecret></Message>",
        "<Message><SharedSecret><x y='gehe1m'>s3cret</x>t0ken<![CDATA[t0ken]]>&#x67;ehe1m</SharedSecret></Message>",
        "<Message><DigitalSignature><x>s3cret</x></DigitalSignature><CredentialMac>t0ken</CredentialMac></Message>",
        "<Message><PCard number='4111' expiration='s3cret' name='t0ken'/></Message>",
        "<Message><x:SharedSecret y='s3cret'>t0ken</x:SharedSecret></Message>",
        "<Message><Extrinsic name='x'>a 4111 1111 1111 1111 b</Extrinsic></Message>",
        "<Message><Comments>4111111111111111</Comments><a b='5555-5555-5555-4444 4111111111111111'/></Message>",
        "<Message><a><![CDATA[<SharedSecret>gehe1m</SharedSecret>]]></a></Message>",
        "<Message><PaymentToken number='4111' token='t0ken'/></Message>",
        "<Message><Extrinsic name='API_TOKEN'><Foo>t0ken</Foo></Extrinsic></Message>",
        "<Message><SharedSecret>&gehe1m;</SharedSecret><SharedSecret>a&s3cret;b</SharedSecret><PCard name='&t0ken;'/></Message>",
        "<Message a='https://ann:s3cret@x.example/'><URL>https://x.example/?token=t0ken</URL></Message>",
        // a secret that is repeated where none belongs
        "<Header><Sender><Credential domain='d'><Identity>gehe1m</Identity><SharedSecret> &#x67;ehe1m\n</SharedSecret></Credential><UserAgent>with gehe1m!</UserAgent></Sender></Header><Request><Comments type='gehe1m'>the word is <b>gehe1m</b>, gehe1mgehe1m</Comments></Request>",
        "<Message><SharedSecret><![CDATA[gehe1m]]></SharedSecret><Comments type='gehe1m'>is gehe1m</Comments></Message>",
        "<Request><OrderRequest><OrderRequestHeader orderID='gehe1m'><Total><Money currency='gehe1m'>gehe1m</Money></Total><Extrinsic name='password'>gehe1m</Extrinsic><Comments>gehe1m</Comments></OrderRequestHeader><ItemOut quantity='gehe1m'><ItemID><SupplierPartID>gehe1m</SupplierPartID></ItemID></ItemOut></OrderRequest></Request>",
        "<Response><Status code='200' text='OK'/><PunchOutSetupResponse><StartPage><URL>https://x.example/t0ken</URL></StartPage></PunchOutSetupResponse></Response>",
    ] {
        let source = document(body);
        for arguments in [&["show", "-"][..], &["show", "--outline", "-"]] {
            let call = run_with_input(arguments, source.as_bytes());
            assert_eq!(call.status, 0, "{}", call.stderr);
            assert_without_secrets(&call);
            assert!(
                call.stdout.contains("***") || call.stdout.contains("(with a secret)"),
                "{body}\n{}",
                call.stdout
            );
        }
    }
}

#[test]
fn a_response_comes_with_advice() {
    for (code, meaning, advice) in [
        ("200", "executed, or", "do not send it again"),
        ("406", "could not be parsed", "as it is"),
        ("560", "maintenance", "again later"),
        ("503", "", "again later"),
        ("999", "", "ask what became of the request"),
    ] {
        let shown =
            shown(document(&format!("<Response><Status code='{code}' text='T'/></Response>")).as_bytes());
        let line = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        assert_eq!(line("status"), format!("status            {code} T"));
        assert!(line("meaning").contains(meaning), "{shown}");
        assert!(line("advice").contains(advice), "{shown}");
    }
}

#[test]
fn an_order_that_lacks_everything_is_shown() {
    let order = "<Header/><Request><OrderRequest><OrderRequestHeader/><ItemOut quantity='many'><ItemID/></ItemOut>\
                 <ItemOut lineNumber='3' operation='delete' quantity='2'><ItemDetail><UnitPrice><Money currency='EUR'>tbd</Money>\
                 </UnitPrice></ItemDetail></ItemOut></OrderRequest></Request>";
    let shown = shown(document(order).as_bytes());
    let rows: Vec<_> = shown.lines().skip_while(|line| !line.contains("description")).collect();
    let cells = |row: &str| row.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(cells(rows[1]), ["-", "-", "-", "many", "-", "-", "-", "-", "-", "-"], "{shown}");
    assert_eq!(cells(rows[2]), ["delete", "3", "-", "-", "2", "-", "tbd", "-", "-", "EUR", "-"], "{shown}");
}
