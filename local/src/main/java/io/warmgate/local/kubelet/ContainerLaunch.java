package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.warmgate.local.kubelet.image.ImageException;
import io.warmgate.local.kubelet.image.Program;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a container into a process of this machine. */
final class ContainerLaunch {
  private final Pod pod;
  private final Container container;
  private final String ip;
  private final Node node;
  private final Sources sources;

  ContainerLaunch(Pod pod, Container container, String ip, Node node, Sources sources) {
    this.pod = pod;
    this.container = container;
    this.ip = ip;
    this.node = node;
    this.sources = sources;
  }

  /** Starts the run of this number; its output goes to a file of its own. */
  Process start(int run) throws NotYet, IOException {
    PodFolder folder = PodFolder.of(node.state(), pod);
    Files.createDirectories(folder.logs());
    ProcessBuilder builder = builder(List.of());
    File log = PodLogs.file(folder.logs(), container.getName(), run).toFile();
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log));
    return node.children().start(builder);
  }

  /** A probe's request to this container. */
  ProbeRequest probe(Probe probe) {
    return new ProbeRequest(probe, container, ip, this::exec);
  }

  private int exec(List<String> command, int timeoutSeconds)
      throws IOException, InterruptedException {
    try {
      Process process =
          node.children()
              .start(builder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD));
      if (process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return -1;
    } catch (NotYet gone) {
      throw new IOException(gone);
    }
  }

  /** The container's process, or a command beside it with the same environment. */
  private ProcessBuilder builder(List<String> command) throws NotYet, IOException {
    Program program = program();
    PodFolder folder = PodFolder.of(node.state(), pod);
    var line = new CommandLine(container, program, folder);
    Map<String, String> base = base(program, folder);
    Map<String, String> env =
        line.rewritten(new Environment(pod, ip, sources).of(container, base), base);
    List<String> words = command.isEmpty() ? line.words(env) : line.rewritten(command);
    if (words.isEmpty()) {
      throw new NotYet("CreateContainerError", "the image has no command");
    }
    Path folderOfWork =
        container.getWorkingDir() == null ? folder.root() : folder.mount(container.getWorkingDir());
    Files.createDirectories(folderOfWork);
    var builder =
        new ProcessBuilder(CommandLine.resolved(words, program.path(), node.path()))
            .directory(folderOfWork.toFile());
    builder.environment().clear();
    builder.environment().putAll(env);
    return builder;
  }

  private Program program() throws NotYet {
    try {
      return node.images().find(container.getImage());
    } catch (ImageException unknown) {
      throw new NotYet("ErrImagePull", String.valueOf(unknown.getMessage()));
    }
  }

  /** What a container has by being one, and what a program needs that is in none. */
  private Map<String, String> base(Program program, PodFolder folder) {
    var env = new LinkedHashMap<String, String>();
    env.put(
        "PATH",
        Stream.concat(program.path().stream().map(Path::toString), Stream.of(node.path()))
            .collect(Collectors.joining(File.pathSeparator)));
    env.put("HOME", folder.root().toString());
    env.put("LANG", "C.UTF-8");
    env.put(
        "HOSTNAME",
        pod.getSpec().getHostname() == null
            ? pod.getMetadata().getName()
            : pod.getSpec().getHostname());
    env.put("WARMGATE_BIND_ADDRESS", ip);
    env.put("WARMGATE_ALLOW_LOOPBACK", "true");
    env.put("WARMGATE_ROOT", folder.root().toString());
    env.put(
        "WARMGATE_HOSTS_FILE",
        Node.hosts(node.state(), pod.getMetadata().getNamespace()).toString());
    env.putAll(program.env());
    return env;
  }
}
