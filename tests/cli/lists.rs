use crate::support::{keys, run};

#[test]
fn profiles_are_listed() {
    let text = run(&["oci", "profiles"]);
    let json = run(&["oci", "profiles", "--format=json"]).json();
    let all = json.as_array().unwrap();
    assert_eq!((text.status, text.stdout.lines().count()), (0, all.len() + 1));
    for (line, profile) in text.stdout.lines().skip(1).zip(all) {
        assert_eq!(keys(profile), ["name", "role", "title", "verified"]);
        for key in ["name", "role", "title"] {
            assert!(line.contains(profile[key].as_str().unwrap()), "{line}");
        }
    }
    assert!(all.iter().any(|profile| profile["name"] == "flexfleet" && profile["verified"] == false));
}

#[test]
fn a_profile_is_shown_with_every_rule_and_its_source() {
    for name in ["flexfleet", "oci-4.0", "town-hall.toml"] {
        let json = run(&["oci", "profiles", "--format=json", name]).json();
        let text = run(&["oci", "profiles", name]).stdout;
        for (group, rules) in json.as_object().unwrap().iter().filter(|(_, rules)| rules.is_object()) {
            assert!(text.contains(&format!("\n[{group}]")), "{name}: {group}");
            let Some(source) = rules["source"].as_str() else { continue };
            let verified = if rules["verified"] == true { "yes" } else { "no" };
            let head = format!("\n[{group}]  verified: {verified}\nsource: {source}\n");
            assert!(text.contains(&head), "{name}: {head}");
            for rule in rules
                .as_object()
                .unwrap()
                .keys()
                .filter(|rule| !["source", "verified"].contains(&rule.as_str()))
            {
                assert!(text.contains(&format!("\n{rule}")), "{name}: {group}.{rule}");
            }
        }
        for (field, rule) in json["fields"].as_object().unwrap() {
            let row = text.lines().find(|line| line.split_whitespace().next() == Some(field)).unwrap();
            assert!(row.ends_with(rule["source"].as_str().unwrap()), "{name}: {row}");
        }
    }
    let own = run(&["oci", "profiles", "town-hall.toml"]).stdout;
    assert!(own.contains("levels.OCI-NUM-COMMA  error"), "{own}");
    run(&["oci", "profiles", "nowhere"]).refused("there is no profile and no file `nowhere`");
}

#[test]
fn rules_are_listed_and_explained() {
    let json = run(&["oci", "rules", "--format=json"]).json();
    let all = json.as_array().unwrap();
    let text = run(&["oci", "rules"]).stdout;
    assert_eq!(text.lines().count(), all.len() + 1);
    for (line, rule) in text.lines().skip(1).zip(all) {
        assert_eq!(keys(rule), ["code", "help", "lenient", "strict", "title"]);
        assert!(
            line.starts_with(rule["code"].as_str().unwrap())
                && line.ends_with(rule["title"].as_str().unwrap())
        );
    }
    let gap = run(&["oci", "rules", "oci-idx-gap", "--format=json"]).json();
    assert_eq!(&gap, all.iter().find(|rule| rule["code"] == "OCI-IDX-GAP").unwrap());
    assert!(run(&["oci", "rules", "OCI-LEN-MATNR"]).stdout.starts_with("OCI-LEN-x: "));
    run(&["oci", "rules", "OCI-NONE"]).refused("no rule has the code `OCI-NONE`");
}

#[test]
fn the_program_explains_itself() {
    for arguments in [
        &["--help"][..],
        &["cxml", "check", "--help"],
        &["cxml", "copy", "--help"],
        &["cxml", "show", "--help"],
        &["oci", "decode", "--help"],
        &["oci", "callup", "build", "--help"],
        &["--version"],
    ] {
        let call = run(arguments);
        assert_eq!((call.status, call.stderr.as_str()), (0, ""));
        assert!(call.stdout.contains("punchout"), "{arguments:?}");
    }
    assert_eq!(run(&[]).status, 2);
    assert_eq!(run(&["oci", "fly"]).status, 2);
}
