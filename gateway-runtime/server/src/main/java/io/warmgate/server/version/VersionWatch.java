package io.warmgate.server.version;

import java.util.List;

/** Looks after the versions that servers have. */
public interface VersionWatch {
  /** Where nobody wants to know. */
  VersionWatch NONE =
      new VersionWatch() {
        @Override
        public void use(List<Poll> polls) {}

        @Override
        public void close() {}
      };

  /** These are polled from now on, and no others; those that are new at once. */
  void use(List<Poll> polls);

  /** Polls no more. */
  void close();
}
