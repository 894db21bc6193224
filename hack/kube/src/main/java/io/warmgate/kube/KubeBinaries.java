package io.warmgate.kube;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that holds etcd, kube-apiserver and, where it was built, kube-controller-manager. */
record KubeBinaries(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(KubeBinaries.class);
  private static final String ASSETS = "KUBEBUILDER_ASSETS";

  KubeBinaries {
    for (String required : List.of("etcd", "kube-apiserver")) {
      if (!Files.isExecutable(folder.resolve(required))) {
        throw new NoKubeApiServer(
            "no API server: there is no executable " + required + " in " + folder);
      }
    }
  }

  /**
   * Finds them: {@code KUBEBUILDER_ASSETS}, else the cache of hack/kube/build, which is filled
   * where Go is there, else what fabric8's kube-api-test fetches.
   *
   * @throws NoKubeApiServer where none of these has them
   */
  static KubeBinaries locate() {
    String assets = System.getenv(ASSETS);
    if (assets != null && !assets.isEmpty()) {
      LOG.info("the API server is that of {}: {}", ASSETS, assets);
      return new KubeBinaries(Path.of(assets));
    }
    return buildScript().flatMap(KubeBinaries::built).orElseGet(KubeBinaries::fetched);
  }

  Path etcd() {
    return folder.resolve("etcd");
  }

  Path apiServer() {
    return folder.resolve("kube-apiserver");
  }

  Path controllerManager() {
    Path program = folder.resolve("kube-controller-manager");
    if (!Files.isExecutable(program)) {
      throw new NoKubeApiServer("there is no kube-controller-manager in " + folder);
    }
    return program;
  }

  /** hack/kube/build of the tree that this runs in. */
  private static Optional<Path> buildScript() {
    Path start = Path.of(System.getProperty("warmgate.root", "")).toAbsolutePath();
    return Stream.<@Nullable Path>iterate(start, path -> path != null, KubeBinaries::parent)
        .map(folder -> Path.of(String.valueOf(folder), "hack", "kube", "build"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static @Nullable Path parent(@Nullable Path folder) {
    return folder == null ? null : folder.getParent();
  }

  private static Optional<KubeBinaries> built(Path script) {
    Path cache = Path.of(run(script.toString(), "--where"));
    if (Files.exists(cache.resolve(".complete"))) {
      return Optional.of(new KubeBinaries(cache));
    }
    if (!goIsThere()) {
      return Optional.empty();
    }
    LOG.info("building the API server into {}: some ten minutes, once", cache);
    return Optional.of(new KubeBinaries(Path.of(run(script.toString()))));
  }

  private static boolean goIsThere() {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
  }

  private static KubeBinaries fetched() {
    try {
      BinaryManager manager =
          new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig().build());
      manager.initAndDownloadIfRequired();
      return new KubeBinaries(manager.binaries().getApiServer().toPath().resolveSibling(""));
    } catch (KubeAPITestException e) {
      throw new NoKubeApiServer(
          "no API server: set "
              + ASSETS
              + " to a folder with etcd and kube-apiserver, or install Go and run hack/kube/build;"
              + " fetching one failed too ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** What a program printed, trimmed; its progress goes to our standard error. */
  private static String run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      if (process.waitFor() != 0) {
        throw new NoKubeApiServer(String.join(" ", command) + " failed");
      }
      return printed;
    } catch (IOException e) {
      throw new NoKubeApiServer("cannot run " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoKubeApiServer("interrupted while running " + String.join(" ", command), e);
    }
  }
}
