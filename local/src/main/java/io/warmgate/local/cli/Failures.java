package io.warmgate.local.cli;

import io.warmgate.local.manifest.ManifestException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One line for the user; the stack trace goes to the log, where it is not a known failure. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failed, CommandLine command, ParseResult parsed) {
    if (!(failed instanceof Failure || failed instanceof ManifestException)) {
      LoggerFactory.getLogger(Failures.class).error("{}", command.getCommandName(), failed);
    }
    String message = failed.getMessage();
    command.getErr().println("error: " + (message == null ? failed.toString() : message));
    command.getErr().flush();
    return 1;
  }
}
