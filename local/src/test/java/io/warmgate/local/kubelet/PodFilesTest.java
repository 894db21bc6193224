package io.warmgate.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.local.kubelet.image.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container finds: volumes, environment, command line. */
class PodFilesTest {
  private static final String IP = "127.1.0.1";
  private static final Pod POD =
      Serialization.unmarshal(
          """
          apiVersion: v1
          kind: Pod
          metadata: {name: p, namespace: ns, uid: u, labels: {app: web}, annotations: {a: b}}
          spec:
            containers:
            - name: c
              image: redis
              args: ["/etc/redis/redis.conf", "--dir", "/data", "--note=$(GREETING) $(NOBODY) $$(X)"]
              envFrom:
              - {prefix: CM_, configMapRef: {name: cm}}
              env:
              - {name: GREETING, value: "hello $(CM_key)"}
              - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
              - {name: ADDRESS, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
              - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
              - {name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: password}}}
              - {name: NONE, valueFrom: {secretKeyRef: {name: gone, key: x, optional: true}}}
              - {name: CONF, value: "/etc/redis/redis.conf:/etc/redisother"}
              - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
              resources: {limits: {cpu: 1500m}}
              volumeMounts:
              - {name: conf, mountPath: /etc/redis}
              - {name: data, mountPath: /data}
            volumes:
            - name: conf
              projected:
                sources:
                - configMap: {name: cm, items: [{key: key, path: sub/redis.conf}]}
                - secret: {name: s}
                - downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}
            - {name: data, emptyDir: {}}
          """,
          Pod.class);

  @TempDir Path state = Path.of("");

  private final Map<String, ConfigMap> configMaps = new HashMap<>();
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Sources sources =
      new Sources() {
        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
          return Optional.ofNullable(configMaps.get(name));
        }

        @Override
        public Optional<Secret> secret(String namespace, String name) {
          return Optional.ofNullable(secrets.get(name));
        }
      };

  PodFilesTest() {
    configMaps.put("cm", new ConfigMapBuilder().addToData("key", "world").build());
    secrets.put("s", new SecretBuilder().addToData("password", "c2VjcmV0").build());
  }

  @Test
  void theEnvironmentComesFromEverySource() throws NotYet {
    Map<String, String> env = environment();
    assertThat(env)
        .containsEntry("CM_key", "world")
        .containsEntry("GREETING", "hello world")
        .containsEntry("NAME", "p")
        .containsEntry("ADDRESS", IP)
        .containsEntry("APP", "web")
        .containsEntry("PASSWORD", "secret")
        .containsEntry("CPU", "2")
        .doesNotContainKey("NONE");
  }

  @Test
  void whatIsMissingIsNamed() {
    secrets.clear();
    assertThatThrownBy(this::environment).hasMessage("Secret \"s\" is not there");
    assertThatThrownBy(() -> volumes().refresh(POD, new VolumeContents(POD, IP, sources)))
        .hasMessage("secret \"s\" not found");
  }

  @Test
  void mountPathsAreReplacedForAProgramThatKnowsNoRoot() throws NotYet {
    PodFolder folder = PodFolder.of(state, POD);
    var line =
        new CommandLine(
            POD.getSpec().getContainers().getFirst(), program(Program.Files.REWRITTEN), folder);
    String root = folder.root().toString();
    assertThat(line.words(environment()))
        .containsExactly(
            "entry",
            root + "/etc/redis/redis.conf",
            "--dir",
            root + "/data",
            "--note=hello world $(NOBODY) $(X)");
    assertThat(line.rewritten(environment(), Map.of()))
        .containsEntry("CONF", root + "/etc/redis/redis.conf:/etc/redisother");
    var knows =
        new CommandLine(
            POD.getSpec().getContainers().getFirst(), program(Program.Files.KNOWS_ROOT), folder);
    assertThat(knows.words(Map.of())).contains("/etc/redis/redis.conf");
  }

  /** Though a mount has the name of a folder of this machine. */
  @Test
  void whatTheImageBringsIsOfThisMachineAndStays() throws NotYet {
    var program =
        new Program(
            List.of("/data/bin/java", "-cp", "/data/app.jar"),
            List.of(),
            Map.of(),
            List.of(),
            Program.Files.REWRITTEN);
    var line =
        new CommandLine(
            POD.getSpec().getContainers().getFirst(), program, PodFolder.of(state, POD));
    assertThat(line.words(environment())).startsWith("/data/bin/java", "-cp", "/data/app.jar");
    assertThat(line.rewritten(Map.of("HOME", "/data/home"), Map.of("HOME", "/data/home")))
        .containsEntry("HOME", "/data/home");
  }

  @Test
  void volumesAreMountedAndChangeAtOnce() throws NotYet, IOException {
    Volumes volumes = volumes();
    var contents = new VolumeContents(POD, IP, sources);
    volumes.refresh(POD, contents);
    volumes.mount(POD);
    Path conf = PodFolder.of(state, POD).mount("/etc/redis");
    assertThat(conf.resolve("sub/redis.conf")).hasContent("world");
    assertThat(conf.resolve("password")).hasContent("secret");
    assertThat(conf.resolve("labels")).hasContent("app=\"web\"");
    assertThat(PodFolder.of(state, POD).mount("/data")).isDirectory();

    Path before = conf.resolve("..data").toRealPath();
    volumes.refresh(POD, contents);
    assertThat(conf.resolve("..data").toRealPath()).isEqualTo(before);

    configMaps.put("cm", new ConfigMapBuilder().addToData("key", "changed").build());
    secrets.put("s", new SecretBuilder().addToData("other", "c2VjcmV0").build());
    volumes.refresh(POD, contents);
    assertThat(conf.resolve("sub/redis.conf")).hasContent("changed");
    assertThat(conf.resolve("other")).exists();
    assertThat(Files.exists(conf.resolve("password"))).isFalse();
  }

  @Test
  void logsAreFoundByRun() throws IOException {
    Path folder = Files.createDirectories(PodLogs.folder(state, "ns", "p"));
    for (int run = 0; run < 12; run++) {
      Files.createFile(PodLogs.file(folder, "c", run));
    }
    Files.createFile(PodLogs.file(folder, "c.side", 40));
    var logs = new PodLogs(state);
    assertThat(logs.latest("ns", "p", "c")).hasValue(folder.resolve("c.11.log"));
    assertThat(logs.previous("ns", "p", "c")).hasValue(folder.resolve("c.10.log"));
    assertThat(logs.latest("ns", "gone", "c")).isEmpty();
  }

  private Map<String, String> environment() throws NotYet {
    return new Environment(POD, IP, sources)
        .of(POD.getSpec().getContainers().getFirst(), Map.of("PATH", "/bin"));
  }

  private Volumes volumes() {
    return new Volumes(PodFolder.of(state, POD));
  }

  private static Program program(Program.Files files) {
    return new Program(List.of("entry"), List.of("default"), Map.of(), List.of(), files);
  }
}
