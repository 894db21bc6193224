package io.warmgate.ai.stream;

/** Writes one stream to one client. */
public interface StreamWriter {

  /**
   * @return server-sent events; empty where the client hears nothing of it
   * @throws io.warmgate.ai.TranslationException where this dialect cannot say it
   */
  String write(StreamEvent event);
}
