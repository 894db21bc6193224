package io.warmgate.local.kubelet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.local.redis.RedisPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCatalogTest {
  @TempDir Path folder = Path.of("");

  private ImageCatalog catalog = catalog("");

  @BeforeEach
  void begin() {
    catalog = catalog("");
  }

  @ParameterizedTest
  @CsvSource({
    "redis, redis, latest",
    "redis:7-alpine, redis, 7-alpine",
    "registry.example:5000/library/redis:7, redis, 7",
    "registry.example/warmgate/runtime, warmgate/runtime, latest",
    "localhost/warmgate/runtime:v2@sha256:abc, warmgate/runtime, v2",
    "valkey/valkey@sha256:abc, valkey/valkey, sha256:abc"
  })
  void readsReferences(String text, String repository, String tag) {
    assertThat(ImageReference.parse(text)).isEqualTo(new ImageReference(repository, tag));
  }

  @Test
  void theSampleRunsFromItsSourceAndKnowsItsTag() throws ImageException {
    Program program = catalog.find("warmgate/quickstart-origin:v7");
    assertThat(program.env()).containsEntry("ORIGIN_VERSION", "v7");
    assertThat(program.entrypoint())
        .last()
        .isEqualTo(folder.resolve("samples/quickstart/origin/Origin.java").toString());
  }

  @Test
  void aModuleRunsFromItsJarAndItsClasspath() throws Exception {
    Path target = Files.createDirectories(folder.resolve("gateway-runtime/server/target"));
    Files.writeString(target.resolve("warmgate.classpath"), "a.jar:b.jar\n");
    Files.createFile(target.resolve("warmgate-server-1.jar"));
    Program program = catalog.find("warmgate/runtime:local");
    assertThat(program.files()).isEqualTo(Program.Files.KNOWS_ROOT);
    assertThat(program.entrypoint())
        .contains(target.resolve("warmgate-server-1.jar") + ":a.jar:b.jar");
  }

  @Test
  void whatIsNotBuiltIsSaid() {
    assertThatThrownBy(() -> catalog.find("warmgate/runtime:local"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("is not built");
  }

  @Test
  void aRedisOfThePathIsWrappedToThePodsAddress() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path server = Files.writeString(bin.resolve("valkey-server"), "#!/bin/sh\necho \"$@\"\n");
    assertThat(server.toFile().setExecutable(true)).isTrue();
    Program program = catalog(bin.toString()).find("redis:8");
    assertThat(run(program, "/x/redis.conf"))
        .isEqualTo("/x/redis.conf --bind 127.9.0.1 --protected-mode no\n");
    assertThat(run(program, "redis-server", "--port", "1"))
        .isEqualTo("--port 1 --bind 127.9.0.1 --protected-mode no\n");
  }

  @Test
  void withoutOneOnThePathTheEmbeddedOneIsUnpacked() throws Exception {
    Program program = catalog.find("valkey/valkey:8");
    assertThat(Files.readString(program.path().getFirst().resolve("valkey-server")))
        .contains("/embedded/");
    assertThat(run(program, "valkey-server", "--version")).startsWith("Redis server v=");
  }

  @Test
  void anUnknownImageSaysWhereToAddIt() throws Exception {
    assertThatThrownBy(() -> catalog.find("nginx:1"))
        .hasMessageContaining("\"nginx:1\"")
        .hasMessageContaining(folder.resolve("images.yaml").toString());
    Files.writeString(
        folder.resolve("images.yaml"),
        """
        - image: nginx:1
          command: ["nginx", "-g", "daemon off;"]
        """);
    assertThat(catalog.find("nginx:1").entrypoint()).startsWith("nginx");
    assertThatThrownBy(() -> catalog.find("nginx:2")).isInstanceOf(ImageException.class);
  }

  @Test
  void aWrongCatalogueIsNamed() throws IOException {
    Files.writeString(folder.resolve("images.yaml"), "- image: x\n  comand: [y]\n");
    assertThatThrownBy(() -> catalog.find("x")).hasMessageContaining("comand");
  }

  private ImageCatalog catalog(String path) {
    return new ImageCatalog(
        folder,
        Path.of(System.getProperty("java.home")),
        folder.resolve("images.yaml"),
        new RedisPrograms(folder.resolve("programs" + path.length()), path));
  }

  private static String run(Program program, String... arguments) throws Exception {
    var command = new ArrayList<>(program.entrypoint());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("WARMGATE_BIND_ADDRESS", "127.9.0.1");
    builder
        .environment()
        .merge("PATH", program.path().getFirst().toString(), (a, b) -> b + ":" + a);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
