package io.warmgate.local.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;

/**
 * One document of a manifest file.
 *
 * @param line where it begins, from 1
 */
public record ManifestDocument(Path file, int line, GenericKubernetesResource object) {

  /** Which object: the same for the same object in another version of the file. */
  public record Key(String apiVersion, String kind, String namespace, String name) {
    @Override
    public String toString() {
      String at = namespace.isEmpty() || namespace.equals("default") ? "" : namespace + "/";
      return kind.toLowerCase(java.util.Locale.ROOT) + "/" + at + name;
    }
  }

  /** The object's key. */
  public Key key() {
    String namespace = object.getMetadata().getNamespace();
    return new Key(
        object.getApiVersion(),
        object.getKind(),
        namespace == null ? "" : namespace,
        object.getMetadata().getName());
  }

  /** For messages: {@code file:line}. */
  public String place() {
    return file + ":" + line;
  }
}
