-- AlterTable
ALTER TABLE "User" ADD COLUMN     "pastPinHashes" TEXT[] DEFAULT ARRAY[]::TEXT[];
