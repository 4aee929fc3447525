import { KnownError } from '../../store/errors.ts';

export interface Failure {
  message: string;
  hint: string | undefined;
}

/** What a user would see of a failure, with FOLDER for one that differs from run to run. */
export async function failureOf(work: () => unknown, folder?: string): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    const message = folder ? error.message.replaceAll(folder, 'FOLDER') : error.message;
    return { message, hint: error.hint };
  }
  throw new Error('expected a KnownError');
}
