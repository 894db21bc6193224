package io.warmgate.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Who runs the cluster of a state folder: the file's lock is held by the living supervisor (the
 * kernel lets go of it with the process), its content is the process id.
 */
public final class SupervisorLock implements AutoCloseable {
  private final FileChannel channel;

  private SupervisorLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty when another supervisor lives. */
  public static Optional<SupervisorLock> take(StateFolder state) throws IOException {
    Files.createDirectories(state.path());
    FileChannel channel =
        FileChannel.open(state.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    byte[] pid = String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(pid));
    return Optional.of(new SupervisorLock(channel));
  }

  /** The living supervisor of this state folder. */
  public static Optional<ProcessHandle> holder(StateFolder state) throws IOException {
    Path file = state.lock();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      if (free != null) {
        return Optional.empty();
      }
    }
    String pid = Files.readString(file).strip();
    return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
