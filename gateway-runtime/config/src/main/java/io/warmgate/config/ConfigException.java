package io.warmgate.config;

/** A configuration that is refused: where it is wrong, and what is wrong there. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /**
   * @param path the field, from the root of the document or from the record that refused it; empty
   *     for the document itself
   * @param problem what is wrong with it, as the end of a sentence that begins with the path
   */
  public ConfigException(String path, String problem) {
    super(path.isEmpty() ? problem : path + " " + problem);
    this.path = path;
    this.problem = problem;
  }

  public String path() {
    return path;
  }

  public String problem() {
    return problem;
  }

  /** The same refusal, seen from the record that holds the one that refused. */
  ConfigException under(String parent) {
    if (parent.isEmpty()) {
      return this;
    }
    String joined = path.isEmpty() ? parent : parent + "." + path;
    ConfigException moved = new ConfigException(joined, problem);
    moved.initCause(this);
    return moved;
  }
}
