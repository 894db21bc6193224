package io.warmgate.local.kubelet.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an image catalogue.
 *
 * @param image {@code repository} for every tag, or {@code repository:tag}
 * @param java a Java program, or
 * @param redis a Redis server, or
 * @param command any program
 * @param env environment; <code>${tag}</code> is the image's tag
 * @param knowsRoot whether the program puts {@code WARMGATE_ROOT} in front of its paths
 */
public record ImageEntry(
    @JsonProperty(required = true) String image,
    @Nullable JavaProgram java,
    @Nullable RedisProgram redis,
    @Nullable List<String> command,
    @Nullable Map<String, String> env,
    boolean knowsRoot) {

  /**
   * A Java program: a built module's main class, or one source file.
   *
   * @param module a module's folder, whose {@code target/warmgate.classpath} the build wrote;
   *     relative to the repository, or another checkout's
   * @param main the main class
   * @param source a Java source file
   * @param options of the JVM
   */
  public record JavaProgram(
      @Nullable String module,
      @Nullable String main,
      @Nullable String source,
      @Nullable List<String> options) {}

  /**
   * A Redis or Valkey server of this machine.
   *
   * @param flavour {@code redis} or {@code valkey}: which is looked for first
   */
  public record RedisProgram(@Nullable String flavour) {}
}
