import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Prints what Pitest's XML report says: the score, then by class the mutants that survived. */
final class Mutation {

  public static void main(String[] args)
      throws IOException, ParserConfigurationException, SAXException {
    Path report = Path.of(args[0]);
    if (!Files.exists(report)) {
      System.err.println("no report at " + report);
      System.exit(1);
    }
    NodeList mutants =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("mutation");
    int detected = 0;
    Map<String, List<String>> survivors = new TreeMap<>();
    for (int i = 0; i < mutants.getLength(); i++) {
      Element mutant = (Element) mutants.item(i);
      if (Boolean.parseBoolean(mutant.getAttribute("detected"))) {
        detected++;
      } else {
        survivors
            .computeIfAbsent(text(mutant, "mutatedClass"), _ -> new ArrayList<>())
            .add(
                "  %s:%s %s (%s)"
                    .formatted(
                        text(mutant, "sourceFile"),
                        text(mutant, "lineNumber"),
                        text(mutant, "description"),
                        mutant.getAttribute("status")));
      }
    }
    System.out.printf(
        "%d of %d mutants were seen: %.1f %%%n",
        detected, mutants.getLength(), 100.0 * detected / Math.max(1, mutants.getLength()));
    survivors.forEach(
        (type, lines) -> {
          System.out.println(type + ": " + lines.size());
          lines.forEach(System.out::println);
        });
  }

  private static String text(Element mutant, String name) {
    return mutant.getElementsByTagName(name).item(0).getTextContent();
  }
}
