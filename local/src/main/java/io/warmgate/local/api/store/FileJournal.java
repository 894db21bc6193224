package io.warmgate.local.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A journal in one file of JSON lines, {@code {"r": revision, "g": group, "p": plural, "ns": ..,
 * "n": name, "o": object or absent}}, rewritten with only what is left at every start. The file
 * holds Secrets and is readable by its owner alone. A torn last line, of a killed process, is
 * dropped.
 */
public final class FileJournal implements Journal {
  private final Path file;
  private final OutputStream out;
  private final Content content;

  /**
   * @throws UncheckedIOException if the file cannot be read or written
   */
  public FileJournal(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      this.content = Files.exists(file) ? read() : new Content(0, Map.of());
      rewrite();
      this.out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Content read() throws IOException {
    Map<ResourceId, NavigableMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
    long revision = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (Iterator<String> it = lines.iterator(); it.hasNext(); ) {
        String text = it.next();
        if (!text.endsWith("}") && !it.hasNext()) {
          break;
        }
        JsonNode line = Json.parse(text.getBytes(StandardCharsets.UTF_8));
        revision = Math.max(revision, line.path("r").asLong());
        apply(objects, line);
      }
    }
    return new Content(revision, objects);
  }

  private static void apply(
      Map<ResourceId, NavigableMap<ObjectKey, ObjectNode>> objects, JsonNode line) {
    if (!line.has("p")) {
      return;
    }
    ResourceId resource = new ResourceId(line.path("g").asText(), line.path("p").asText());
    ObjectKey key = new ObjectKey(line.path("ns").asText(), line.path("n").asText());
    NavigableMap<ObjectKey, ObjectNode> all =
        objects.computeIfAbsent(resource, _ -> new TreeMap<>());
    if (line.get("o") instanceof ObjectNode object) {
      all.put(key, object);
    } else {
      all.remove(key);
    }
  }

  private void rewrite() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream stream = Files.newOutputStream(fresh)) {
      stream.write(line(Json.object().put("r", content.revision())));
      for (Map.Entry<ResourceId, NavigableMap<ObjectKey, ObjectNode>> all :
          content.objects().entrySet()) {
        for (Map.Entry<ObjectKey, ObjectNode> entry : all.getValue().entrySet()) {
          ObjectNode line = header(all.getKey(), entry.getKey(), content.revision());
          stream.write(line(line.set("o", entry.getValue())));
        }
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ObjectNode header(ResourceId resource, ObjectKey key, long revision) {
    return Json.object()
        .put("r", revision)
        .put("g", resource.group())
        .put("p", resource.plural())
        .put("ns", key.namespace())
        .put("n", key.name());
  }

  private static byte[] line(JsonNode node) {
    return (Json.compact(node) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void append(ObjectNode line) {
    try {
      out.write(line(line));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public Content load() {
    return content;
  }

  @Override
  public void put(ResourceId resource, ObjectKey key, long revision, ObjectNode object) {
    ObjectNode line = header(resource, key, revision);
    line.set("o", object);
    append(line);
  }

  @Override
  public void remove(ResourceId resource, ObjectKey key, long revision) {
    append(header(resource, key, revision));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
