package io.warmgate.local.redis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis and Valkey as their images have them: a folder for the front of a PATH with the servers,
 * the command line clients (where the machine has one) and the images' entry point. The server is
 * one of the PATH, else embedded-redis's. Each is a script that adds the pod's address ({@code
 * WARMGATE_BIND_ADDRESS}), which a container would have for itself.
 */
public final class RedisPrograms {
  /** The entry point of the images: arguments alone are the server's. */
  public static final String ENTRYPOINT = "docker-entrypoint.sh";

  private final Path folder;
  private final List<Path> searchPath;
  private final Map<String, Path> written = new HashMap<>();

  /**
   * The programs.
   *
   * @param folder where to write them
   * @param path the PATH to look for servers in
   */
  public RedisPrograms(Path folder, String path) {
    this.folder = folder;
    this.searchPath = Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** The folder for {@code redis} or {@code valkey}: that server first, the other one else. */
  public synchronized Path folder(String flavour) throws IOException {
    Path there = written.get(flavour);
    if (there == null) {
      there = Files.createDirectories(folder.resolve(flavour));
      fill(there, flavour, flavour.equals("redis") ? "valkey" : "redis");
      written.put(flavour, there);
    }
    return there;
  }

  private void fill(Path programs, String flavour, String other) throws IOException {
    Optional<Path> onPath = find(flavour + "-server").or(() -> find(other + "-server"));
    Path server = onPath.isPresent() ? onPath.get() : embedded();
    both(
        programs,
        "-server",
        "exec \"%s\" \"$@\" --bind \"$WARMGATE_BIND_ADDRESS\" --protected-mode no"
            .formatted(server));
    Optional<Path> client = find(flavour + "-cli").or(() -> find(other + "-cli"));
    if (client.isPresent()) {
      both(
          programs,
          "-cli",
          "exec \"%s\" -h \"$WARMGATE_BIND_ADDRESS\" \"$@\"".formatted(client.get()));
    }
    script(
        programs.resolve(ENTRYPOINT),
        "case \"${1:--}\" in -*|*.conf) exec \"${0%%/*}/%s-server\" \"$@\" ;; esac\nexec \"$@\""
            .formatted(flavour));
  }

  private Optional<Path> find(String program) {
    return searchPath.stream()
        .map(place -> place.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Path embedded() throws IOException {
    Path unpacked = Files.createDirectories(folder.resolve("embedded"));
    return ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get().toPath();
  }

  /** One script under both families' names. */
  private static void both(Path folder, String name, String line) throws IOException {
    script(folder.resolve("redis" + name), line);
    script(folder.resolve("valkey" + name), line);
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
