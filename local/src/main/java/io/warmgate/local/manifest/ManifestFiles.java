package io.warmgate.local.manifest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads manifests: files, and folders with all {@code *.yaml}, {@code *.yml} and {@code *.json}
 * below them; several documents a file. YAML 1.2, no key twice.
 */
public final class ManifestFiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Path> given;

  public ManifestFiles(List<Path> given) {
    this.given = List.copyOf(given);
  }

  /** All documents, in the order of the files; Namespaces and CRDs first. */
  public List<ManifestDocument> read() throws ManifestException {
    var documents = new ArrayList<ManifestDocument>();
    Map<ManifestDocument.Key, ManifestDocument> seen = new HashMap<>();
    for (Path file : files()) {
      for (ManifestDocument document : read(file)) {
        ManifestDocument twin = seen.put(document.key(), document);
        if (twin != null) {
          throw new ManifestException(
              "%s: %s is given already at %s"
                  .formatted(document.place(), document.key(), twin.place()));
        }
        documents.add(document);
      }
    }
    documents.sort(Comparator.comparingInt(ManifestFiles::rank));
    return documents;
  }

  private static int rank(ManifestDocument document) {
    return switch (document.object().getKind()) {
      case "Namespace" -> 0;
      case "CustomResourceDefinition" -> 1;
      default -> 2;
    };
  }

  /** The files there are now. */
  List<Path> files() throws ManifestException {
    var files = new ArrayList<Path>();
    for (Path path : given) {
      if (!Files.exists(path)) {
        throw new ManifestException(path + ": no such file or folder");
      }
      try (Stream<Path> below = Files.walk(path)) {
        below
            .filter(Files::isRegularFile)
            .filter(file -> file.equals(path) || manifest(file))
            .sorted()
            .forEach(files::add);
      } catch (IOException unreadable) {
        throw new ManifestException(path + ": " + unreadable.getMessage());
      }
    }
    return files;
  }

  private static boolean manifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static List<ManifestDocument> read(Path file) throws ManifestException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      throw new ManifestException(file + ":1: " + unreadable.getMessage());
    }
    var documents = new ArrayList<ManifestDocument>();
    for (YamlPart part : YamlPart.split(text)) {
      Object tree = parse(file, part);
      if (tree != null) {
        documents.add(document(file, part.line(), tree));
      }
    }
    return documents;
  }

  private static Object parse(Path file, YamlPart part) throws ManifestException {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    try {
      return new Load(settings).loadFromString(part.text());
    } catch (MarkedYamlEngineException malformed) {
      int line = part.line() + malformed.getProblemMark().map(mark -> mark.getLine()).orElse(0);
      throw new ManifestException("%s:%d: %s".formatted(file, line, malformed.getProblem()));
    } catch (YamlEngineException malformed) {
      throw new ManifestException("%s:%d: %s".formatted(file, part.line(), malformed.getMessage()));
    }
  }

  private static ManifestDocument document(Path file, int line, Object tree)
      throws ManifestException {
    GenericKubernetesResource object;
    try {
      object = JSON.convertValue(tree, GenericKubernetesResource.class);
    } catch (IllegalArgumentException wrong) {
      throw new ManifestException(file + ":" + line + ": not a Kubernetes object");
    }
    require(object.getApiVersion(), file, line, "apiVersion");
    require(object.getKind(), file, line, "kind");
    String name = object.getMetadata() == null ? null : object.getMetadata().getName();
    require(name, file, line, "metadata.name");
    return new ManifestDocument(file, line, object);
  }

  private static void require(
      @org.jspecify.annotations.Nullable String value, Path file, int line, String field)
      throws ManifestException {
    if (value == null || value.isEmpty()) {
      throw new ManifestException("%s:%d: %s is missing".formatted(file, line, field));
    }
  }
}
