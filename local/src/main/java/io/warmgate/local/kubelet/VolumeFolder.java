package io.warmgate.local.kubelet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A volume whose files change all at once, as a kubelet writes them: the files lie in a dated
 * folder, {@code ..data} is a link to it, and each file is a link through {@code ..data}.
 */
final class VolumeFolder {
  private static final String DATA = "..data";

  /** One file's content and mode (as in {@code chmod}). */
  static final class Content {
    private final byte[] bytes;
    private final int mode;

    Content(byte[] bytes, int mode) {
      this.bytes = bytes;
      this.mode = mode;
    }

    private boolean same(Content other) {
      return mode == other.mode && Arrays.equals(bytes, other.bytes);
    }
  }

  private final Path folder;
  private Map<String, Content> written = Map.of();
  private int version;

  VolumeFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the volume hold these files, by path; nothing is written where it does already. */
  void write(Map<String, Content> files) throws IOException {
    if (version > 0 && same(files)) {
      return;
    }
    Files.createDirectories(folder);
    Path fresh = Files.createDirectory(folder.resolve("..v" + ++version));
    Set<String> tops = new HashSet<>();
    for (var file : new TreeMap<>(files).entrySet()) {
      Path path = fresh.resolve(file.getKey()).normalize();
      if (!path.startsWith(fresh)) {
        throw new IOException("path " + file.getKey() + " leaves the volume");
      }
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().bytes);
      Files.setPosixFilePermissions(path, permissions(file.getValue().mode));
      tops.add(fresh.relativize(path).getName(0).toString());
    }
    Path next = folder.resolve("..data_next");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, fresh.getFileName());
    Files.move(
        next,
        folder.resolve(DATA),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    link(tops);
    if (version > 1) {
      delete(folder.resolve("..v" + (version - 1)));
    }
    written = Map.copyOf(files);
  }

  private boolean same(Map<String, Content> files) {
    return files.keySet().equals(written.keySet())
        && files.entrySet().stream().allMatch(e -> same(e.getKey(), e.getValue()));
  }

  private boolean same(String path, Content content) {
    Content there = written.get(path);
    return there != null && there.same(content);
  }

  private void link(Set<String> tops) throws IOException {
    for (String top : tops) {
      Path link = folder.resolve(top);
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link, Path.of(DATA, top));
      }
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
      for (Path link : links) {
        String name = link.getFileName().toString();
        if (!name.startsWith("..") && !tops.contains(name)) {
          Files.delete(link);
        }
      }
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    String letters = "rwxrwxrwx";
    var text = new StringBuilder();
    for (int bit = 0; bit < 9; bit++) {
      text.append((mode & (0400 >> bit)) != 0 ? letters.charAt(bit) : '-');
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  /** Deletes a folder and all in it; links are not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
