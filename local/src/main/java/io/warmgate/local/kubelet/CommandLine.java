package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.warmgate.local.kubelet.image.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a container runs: the image's entry point and the container's {@code command} and {@code
 * args} (Kubernetes' own rules), with mount paths replaced for programs that do not know of a root.
 * What comes of the image is of this machine, and stays as it is.
 */
final class CommandLine {
  private final Container container;
  private final Program program;
  private final PodFolder folder;

  CommandLine(Container container, Program program, PodFolder folder) {
    this.container = container;
    this.program = program;
    this.folder = folder;
  }

  /** The words, the program first. */
  List<String> words(Map<String, String> env) {
    boolean replaced = !container.getCommand().isEmpty();
    var words = new ArrayList<>(replaced ? own(container.getCommand(), env) : program.entrypoint());
    if (!container.getArgs().isEmpty()) {
      words.addAll(own(container.getArgs(), env));
    } else if (!replaced) {
      words.addAll(program.arguments());
    }
    return words;
  }

  private List<String> own(List<String> words, Map<String, String> env) {
    return rewritten(words.stream().map(word -> Environment.expand(word, env)).toList());
  }

  /** Words of a probe's command. */
  List<String> rewritten(List<String> words) {
    return words.stream().map(this::rewritten).toList();
  }

  /**
   * The environment with mount paths replaced.
   *
   * @param base what of it is of this machine
   */
  Map<String, String> rewritten(Map<String, String> env, Map<String, String> base) {
    var all = new LinkedHashMap<String, String>();
    env.forEach(
        (name, value) -> all.put(name, value.equals(base.get(name)) ? value : rewritten(value)));
    return all;
  }

  private String rewritten(String text) {
    if (program.files() == Program.Files.KNOWS_ROOT) {
      return text;
    }
    String result = text;
    for (VolumeMount mount : container.getVolumeMounts()) {
      String path = mount.getMountPath();
      Pattern whole =
          Pattern.compile("(?<![\\w./-])" + Pattern.quote(path) + "(?=$|[/\\s\"',;:)&|])");
      String there = folder.mount(path).toString();
      result = whole.matcher(result).replaceAll(Matcher.quoteReplacement(there));
    }
    return result;
  }

  /**
   * Finds the program: where it says if it is there, else by its name in the image's folders and
   * the PATH.
   */
  static List<String> resolved(List<String> words, List<Path> image, String path) {
    Path first = Path.of(words.getFirst());
    if (first.isAbsolute() && Files.isExecutable(first)) {
      return words;
    }
    var found =
        Stream.concat(image.stream(), Stream.of(path.split(":")).map(Path::of))
            .map(place -> place.resolve(first.getFileName()))
            .filter(Files::isExecutable)
            .findFirst();
    var resolved = new ArrayList<>(words);
    found.ifPresent(file -> resolved.set(0, file.toString()));
    return resolved;
  }
}
