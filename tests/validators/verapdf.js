// Validates PDFs with veraPDF's core, in the Rhino shell that shares its jar; see verapdf.sh.
// Arguments: FLAVOUR[,FLAVOUR] FILE...

Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
// veraPDF logs every oddity of a font or stream on standard error, also of files that comply.
java.util.logging.LogManager.getLogManager().reset();

var foundry = Packages.org.verapdf.pdfa.Foundries.defaultInstance();
var flavours = arguments[0].split(",").map(function (name) {
  var flavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour.byFlavourId(name);
  if (String(flavour.getId()) !== name) {
    print("verapdf.js: no such flavour: " + name);
    quit(2);
  }
  return flavour;
});

// Returns the distinct rules that a file breaks, as [clause-test, message, how often].
function brokenRules(path, flavour) {
  var parser = foundry.createParser(new java.io.File(path), flavour);
  try {
    var result = foundry.createValidator(flavour, false).validate(parser);
    var rules = {};
    for (var each = result.getTestAssertions().iterator(); each.hasNext(); ) {
      var test = each.next();
      if (String(test.getStatus()).toUpperCase() === "FAILED") {
        var id = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
        rules[id] = rules[id] || { message: String(test.getMessage()), count: 0 };
        rules[id].count += 1;
      }
    }
    return { compliant: result.isCompliant(), rules: rules };
  } finally {
    parser.close();
  }
}

var failed = false;
arguments.slice(1).forEach(function (path) {
  flavours.forEach(function (flavour) {
    var outcome;
    try {
      outcome = brokenRules(path, flavour);
    } catch (error) {
      print(path + "\t" + flavour.getId() + "\tUNREADABLE " + error.message);
      quit(2);
    }
    failed = failed || !outcome.compliant;
    print(path + "\t" + flavour.getId() + "\t" + (outcome.compliant ? "PASS" : "FAIL"));
    Object.keys(outcome.rules).sort().forEach(function (id) {
      print("    " + id + " (" + outcome.rules[id].count + ") " + outcome.rules[id].message);
    });
  });
});
quit(failed ? 1 : 0);
